"""`make check`: style, types, migrations and the settings of a production server."""

import os
import secrets
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from launch import environment
from launch.terminal import say

ROOT = Path(__file__).resolve().parent.parent


def check() -> int:
    """Run every check, also after one that fails; 0 when all passed."""
    python = environment.ensure("test")
    manage = [python, "manage.py"]
    without_database = [python, "-W", "ignore::RuntimeWarning", "manage.py"]  # Django warns that it found none
    failed = [
        name
        for name, command, variables in (
            ("ruff check", [python, "-m", "ruff", "check"], TEST),
            ("ruff format", [python, "-m", "ruff", "format", "--check"], TEST),
            ("mypy", [python, "-m", "mypy"], TEST),
            ("migrations", [*without_database, "makemigrations", "--check", "--dry-run"], TEST),
            ("deployment", [*manage, "check", "--deploy", "--fail-level", "WARNING"], production()),
        )
        if not passes(name, command, variables)
    ]
    say(f"Failed: {', '.join(failed)}" if failed else "All static checks passed.")
    return 1 if failed else 0


def passes(name: str, command: Sequence[str | Path], variables: Mapping[str, str]) -> bool:
    say(f"Checking: {name}")
    return subprocess.run(command, check=False, cwd=ROOT, env=dict(os.environ) | variables).returncode == 0


TEST = {"REGISTRY_ENVIRONMENT": "test"}


def production() -> dict[str, str]:
    """Values with which settings load as they do in production; nothing is connected to."""
    return {
        "REGISTRY_ENVIRONMENT": "production",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "registry.hospital.example",
        "DATABASE_URL": "postgresql://reg_web:password@database/registry",
        "REPORT_DATABASE_URL": "postgresql://reg_report:password@database/registry",
        "CELERY_BROKER_URL": "redis://redis:6379/0",
        "EMAIL_URL": "smtp+tls://registry:password@mail.hospital.example:587",
        "DEFAULT_FROM_EMAIL": "registry@hospital.example",
    }
