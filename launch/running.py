"""`make run`: the whole registry on this machine, from nothing or from where it was stopped."""

import os
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from launch import environment
from launch.instance import DEMONSTRATION_FOLDER, EMPTY_FOLDER, Instance
from launch.postgres import Cluster
from launch.prepared import Prepared
from launch.processes import Busy, file_lock
from launch.supervisor import Child, Supervisor
from launch.terminal import fail, run_step, say

HOST = "127.0.0.1"
OPEN_DIRECTLY = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # a hospital's proxy is not for this host
# Not for web, worker and beat: they could change what protects the data.
ONLY_FOR_PREPARATION = ("ADMIN_DATABASE_URL", "MIGRATION_DATABASE_URL")


def run(*, empty: bool, port: int) -> int:
    """Start everything and stay until Ctrl-C."""
    usual_folder = EMPTY_FOLDER if empty else DEMONSTRATION_FOLDER
    folder = Path(os.environ.get("REGISTRY_FOLDER") or usual_folder).resolve()
    address = f"http://{HOST}:{port}/"
    try:
        with file_lock(folder / "run.lock", wait=False, holder=f"{address} (process {os.getpid()})"):
            if is_taken(port):
                return fail(f"Port {port} is taken. Name another one: make run PORT={port + 1}")
            return run_alone(Instance(folder), empty=empty, port=port)
    except Busy as other:
        return fail(f"This registry runs already: {other}. Stop it there with Ctrl-C first.")


def is_taken(port: int) -> bool:
    with socket.socket() as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as gunicorn does
        try:
            attempt.bind((HOST, port))
        except OSError:
            return True
    return False


def run_alone(instance: Instance, *, empty: bool, port: int) -> int:
    python = environment.ensure("run")
    instance.log_folder.mkdir(parents=True, exist_ok=True)
    say("Starting PostgreSQL")
    cluster = Cluster(instance.folder / "postgres", say=say)
    try:
        admin_url = cluster.start()
        own = instance.environment(admin_url)
        variables = dict(os.environ) | own
        prepared = Prepared(instance.folder / "prepared", own | {"ADMIN_DATABASE_URL": admin_url})
        if not prepared.is_up_to_date():
            prepare(python, instance, variables | {"ADMIN_DATABASE_URL": admin_url}, empty=empty)
            prepared.confirm()
        for name in ONLY_FOR_PREPARATION:
            variables.pop(name, None)
        supervise(Supervisor(cluster, children(python, instance, port), variables), instance, port)
    finally:
        cluster.stop()
    say("Stopped. The data are kept; `make run` goes on with them.")
    return 0


def prepare(python: Path, instance: Instance, variables: Mapping[str, str], *, empty: bool) -> None:
    """Bring database and static files up to date; the first time also fill the registry."""
    fill = "install_registry" if empty else "load_demonstration"
    run_step(
        "Preparing the registry",
        [python, "-m", "launch.preparation", fill, instance.log_folder / "preparation.log"],
        environment=variables,
    )


def children(python: Path, instance: Instance, port: int) -> list[Child]:
    celery = [python, "-m", "celery", "--app", "config"]
    web = [python, "-m", "gunicorn", "config.wsgi", "--config", "file:config/gunicorn.py", "--bind", f"{HOST}:{port}"]
    worker = [*celery, "worker", "--without-gossip", "--without-mingle", "--hostname"]
    beat = [*celery, "beat"]
    log = instance.log_folder
    # The web server first: it is what people wait for.
    return [
        Child("web", web, log),
        Child("worker-1", [*worker, "worker-1@%h"], log, wait_seconds=2.0),
        Child("worker-2", [*worker, "worker-2@%h"], log, wait_seconds=4.0),
        Child("beat", beat, log, wait_seconds=6.0),
    ]


def supervise(supervisor: Supervisor, instance: Instance, port: int) -> None:
    """Keep everything running until a signal; say so once the first page answers."""
    supervisor.listen_for_signals()
    say("Starting web server, workers and scheduler")
    announced = False
    next_question = 0.0
    try:
        while not supervisor.stopping:
            supervisor.tick()
            if not announced and time.monotonic() >= next_question:
                next_question = time.monotonic() + 0.5
                announced = answers(f"http://{HOST}:{port}/accounts/login/")
                if announced:
                    announce(instance, port)
    finally:
        supervisor.stop()


def answers(url: str) -> bool:
    try:
        with OPEN_DIRECTLY.open(url, timeout=1) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False


def announce(instance: Instance, port: int) -> None:
    say(f"The registry runs: http://{HOST}:{port}/")
    if instance.accounts_file.exists():
        names = ", ".join(line.split()[0] for line in instance.accounts_file.read_text().splitlines() if line.strip())
        say(f"Accounts: {names}. Their passwords: {instance.accounts_file}")
    say(f"Logs: {instance.log_folder}. Ctrl-C stops everything.")
