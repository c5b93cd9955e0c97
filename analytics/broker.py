"""Housekeeping of the broker on PostgreSQL: its transport keeps every message it has delivered."""

import datetime as dt

from django.conf import settings
from sqlalchemy import create_engine, text

SQL_TRANSPORT = "sqla+"


def purge_messages(*, older_than: dt.timedelta) -> int:
    """Delete what was delivered long ago; other brokers forget by themselves. Returns the number deleted."""
    if not settings.CELERY_BROKER_URL.startswith(SQL_TRANSPORT):
        return 0
    engine = create_engine(settings.CELERY_BROKER_URL.removeprefix(SQL_TRANSPORT))
    delete = text("delete from kombu_message where not visible and timestamp < now() - make_interval(secs => :seconds)")
    with engine.begin() as connection:
        deleted = connection.execute(delete, {"seconds": older_than.total_seconds()}).rowcount
    engine.dispose()
    return deleted
