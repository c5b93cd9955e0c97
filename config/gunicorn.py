"""The web server: two processes of four threads."""

from typing import Any

from launch.processes import die_with_parent

preload_app = True  # loaded once, then forked: half the time and memory; loading opens no database connection
workers = 2
threads = 4
timeout = 60
graceful_timeout = 10
control_socket_disable = True  # it would be one path for all servers of this user
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"key value": {"()": "config.log_format.KeyValueFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "key value"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"gunicorn.error": {"handlers": [], "propagate": True, "level": "INFO"}},
}


def post_fork(server: Any, worker: Any) -> None:
    """A process whose server was killed must not go on holding the port."""
    die_with_parent()
