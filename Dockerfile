FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 MPLCONFIGDIR=/tmp/matplotlib
WORKDIR /app

COPY requirements/run.txt requirements/run.txt
RUN pip install --no-cache-dir --require-hashes --requirement requirements/run.txt

COPY . .
# Collecting needs no database and no secret; the values of the demonstration do.
RUN REGISTRY_ENVIRONMENT=demonstration python manage.py collectstatic --no-input

RUN useradd --system --uid 10001 registry
USER registry
