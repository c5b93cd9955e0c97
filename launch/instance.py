"""One registry on this machine: its folder, its secrets and the environment variables of its processes."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from launch.postgres import write_private

ROOT = Path(__file__).resolve().parent.parent
DEMONSTRATION_FOLDER = ROOT / "var" / "demo"
EMPTY_FOLDER = ROOT / "var" / "registry"
# One role, one variable that holds its address; the broker has a database of its own.
ROLE_VARIABLES = {
    "reg_migrate": "MIGRATION_DATABASE_URL",
    "reg_web": "DATABASE_URL",
    "reg_report": "REPORT_DATABASE_URL",
    "reg_broker": "CELERY_BROKER_URL",
}


def role_urls(admin_url: str, passwords: Mapping[str, str], *, database: str = "registry") -> dict[str, str]:
    """The environment variables that `prepare_database` reads, for the roles of one database of a cluster."""
    address = urlsplit(admin_url)
    place = address.netloc.rpartition("@")[2]
    urls = {"ADMIN_DATABASE_URL": admin_url}
    for role, variable in ROLE_VARIABLES.items():
        is_broker = role == "reg_broker"
        parts = address._replace(
            scheme="sqla+postgresql+psycopg" if is_broker else "postgresql",
            netloc=f"{role}:{passwords[role]}@{place}",
            path=f"/{database}_broker" if is_broker else f"/{database}",
        )
        urls[variable] = urlunsplit(parts)
    return urls


def new_passwords() -> dict[str, str]:
    return {role: secrets.token_urlsafe(32) for role in ROLE_VARIABLES}


class Instance:
    """What `make run` keeps in one folder under `var/`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.secrets_file = folder / "secrets.env"
        self.environment_file = folder / "environment"
        self.accounts_file = folder / "accounts.txt"  # written by the command that makes the accounts
        self.log_folder = folder / "log"

    def secrets(self) -> dict[str, str]:
        """Secret key and passwords, made at the first start."""
        if not self.secrets_file.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            made = {"SECRET_KEY": secrets.token_urlsafe(64)} | new_passwords()
            write_private(self.secrets_file, lines_of(made))
        return variables_in(self.secrets_file.read_text())

    def environment(self, admin_url: str) -> dict[str, str]:
        """The variables of the registry's processes, written to a private file for `manage.py` and psql as well."""
        secret = self.secrets()
        variables = {
            "REGISTRY_ENVIRONMENT": "demonstration",
            "REGISTRY_FOLDER": str(self.folder),
            "SECRET_KEY": secret["SECRET_KEY"],
            "STATIC_ROOT": str(self.folder / "static"),
        } | role_urls(admin_url, secret)
        del variables["ADMIN_DATABASE_URL"]
        write_private(self.environment_file, lines_of(variables))
        return variables


def read_environment_file() -> dict[str, str]:
    """The environment of the registry in REGISTRY_FOLDER, else of the demonstration; empty when there is none."""
    folder = Path(os.environ.get("REGISTRY_FOLDER") or DEMONSTRATION_FOLDER)
    file = Instance(folder).environment_file
    return variables_in(file.read_text()) if file.exists() else {}


def lines_of(variables: Mapping[str, str]) -> str:
    """One `NAME='value'` a line, which a shell reads too; no value made here holds a quote."""
    return "".join(f"{name}='{value}'\n" for name, value in variables.items())


def variables_in(text: str) -> dict[str, str]:
    pairs = (line.partition("=") for line in text.splitlines() if "=" in line)
    return {name: value.strip("'") for name, _, value in pairs}
