"""docker-compose.yml, where no container engine is at hand: read as a file, and its command lines run for real."""

import os
import re
import runpy
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
import yaml

from analytics.models import Heartbeat, Report, ReportDefinition, Run
from analytics.scheduling.definitions import save_definition
from registry.audit import seals
from registry.models import User
from tests import databases
from tests.services import ROOT, free_port, running, status_of, wait_until

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ("prepare", "web", "worker", "beat")
FILLED_IN = {
    "SECRET_KEY": "5" * 64,
    "POSTGRES_PASSWORD": "admin",
    "REG_MIGRATE_PASSWORD": "migrate",
    "REG_WEB_PASSWORD": "web",
    "REG_REPORT_PASSWORD": "report",
    "ALLOWED_HOSTS": "registry.hospital.example",
    "EMAIL_URL": "smtp+tls://user:password@mail.hospital.example:587",
    "DEFAULT_FROM_EMAIL": "registry@hospital.example",
}
VARIABLE = re.compile(r"\$\{(\w+)(?:(:\?|:-)([^}]*))?\}")


def interpolated(text: str, variables: Mapping[str, str]) -> str:
    """As Compose does it: `${NAME:?message}` is required, `${NAME:-default}` is not, `$$` is a dollar."""

    def value(match: re.Match[str]) -> str:
        name, operator, rest = match.groups()
        if variables.get(name):
            return variables[name]
        if operator == ":-":
            return rest
        raise KeyError(name)

    return VARIABLE.sub(value, text).replace("$$", "$")


def environment_of(service: str) -> dict[str, str]:
    return {name: interpolated(str(value), FILLED_IN) for name, value in SERVICES[service]["environment"].items()}


# --- The file ---------------------------------------------------------------------------------------------------------


def test_the_services_are_those_of_the_architecture():
    assert set(SERVICES) == {"database", "redis", *OURS}


def test_every_service_that_stays_has_a_health_check():
    assert {name for name, service in SERVICES.items() if "healthcheck" not in service} == {"prepare"}


def test_nobody_starts_before_what_he_needs():
    assert SERVICES["prepare"]["depends_on"] == {"database": {"condition": "service_healthy"}}
    for name in ("web", "worker", "beat"):
        assert SERVICES[name]["depends_on"]["prepare"] == {"condition": "service_completed_successfully"}
        assert SERVICES[name]["depends_on"]["redis"] == {"condition": "service_healthy"}


@pytest.mark.parametrize("service", OURS)
def test_every_variable_is_one_that_the_registry_reads(service):
    sources = "config/settings.py", "registry/management/commands/prepare_database.py"
    text = "".join((ROOT / source).read_text() for source in sources)
    assert {name for name in SERVICES[service]["environment"] if f'"{name}"' not in text} == set()


@pytest.mark.parametrize("service", OURS)
def test_production_settings_accept_the_variables(service, monkeypatch):
    for name, value in environment_of(service).items():
        monkeypatch.setenv(name, value)
    settings = runpy.run_path(str(ROOT / "config" / "settings.py"))
    assert settings["ENVIRONMENT"] == "production"
    assert ("migration" in settings["DATABASES"]) == (service == "prepare")


@pytest.mark.parametrize("service", ["web", "worker", "beat"])
def test_what_serves_users_does_not_know_how_to_change_the_database(service):
    text = " ".join(environment_of(service).values())
    assert f":{FILLED_IN['POSTGRES_PASSWORD']}@" not in text
    assert f":{FILLED_IN['REG_MIGRATE_PASSWORD']}@" not in text


@pytest.mark.parametrize("missing", sorted(FILLED_IN))
def test_every_secret_is_required_and_the_example_explains_it(missing):
    with pytest.raises(KeyError, match=missing):
        interpolated((ROOT / "docker-compose.yml").read_text(), {**FILLED_IN, missing: ""})
    assert f"\n{missing}=" in (ROOT / ".env.example").read_text()


def test_only_the_web_server_can_be_reached_and_only_from_this_host():
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert published == {"web": ["127.0.0.1:8000:8000"]}


# --- Its command lines ------------------------------------------------------------------------------------------------


class Machine:
    """Compose's services as processes: the same commands and variables, with addresses of this machine."""

    def __init__(self, database, folder, stack):
        self.urls = databases.urls(database)
        self.folder = folder
        self.stack = stack
        self.ports = {"web": free_port(), "redis": free_port()}

    def environment(self, service):
        own = environment_of(service)
        own["CELERY_BROKER_URL"] = own["CELERY_BROKER_URL"].replace(
            "//redis:6379", f"//127.0.0.1:{self.ports['redis']}"
        )
        for name in {"DATABASE_URL", "REPORT_DATABASE_URL", "MIGRATION_DATABASE_URL", "ADMIN_DATABASE_URL"} & set(own):
            assert urlsplit(own[name]).username == urlsplit(self.urls[name]).username
            own[name] = self.urls[name]
        return self.base() | own | {"HOSTNAME": socket.gethostname(), "REAPER_SECONDS": "1"}

    def base(self):
        # The image has the Python of the registry as `python`; here it is the one that runs the tests.
        path = f"{os.path.dirname(sys.executable)}:{os.environ['PATH']}"
        return {"PATH": path, "HOME": os.environ["HOME"], "STATIC_ROOT": str(self.folder / "static")}

    def build(self):
        """The step of the Dockerfile that is ours: the packages are installed already."""
        steps = [line for line in (ROOT / "Dockerfile").read_text().splitlines() if "manage.py" in line]
        for step in steps:
            subprocess.run(["/bin/sh", "-c", step.removeprefix("RUN ")], check=True, cwd=ROOT, env=self.base())

    def local(self, command):
        return command.replace("0.0.0.0:8000", f"127.0.0.1:{self.ports['web']}")

    def start(self, service):
        command = ["/bin/sh", "-c", f"exec {self.local(interpolated(SERVICES[service]['command'], FILLED_IN))}"]
        process = running(command, environment=self.environment(service), log=self.folder / f"{service}.log")
        return self.stack.enter_context(process)

    def start_redis(self):
        command = f"{SERVICES['redis']['command']} --port {self.ports['redis']} --bind 127.0.0.1 --dir {self.folder}"
        self.stack.enter_context(
            running(command.split(), environment=dict(os.environ), log=self.folder / "redis.log"),
        )
        ping = ["redis-cli", "-p", str(self.ports["redis"]), "ping"]
        wait_until(lambda: b"PONG" in subprocess.run(ping, check=False, capture_output=True).stdout, "Redis answers")

    def is_healthy(self, service, *arguments):
        """The service's own health check, run where the service runs."""
        kind, *words = SERVICES[service]["healthcheck"]["test"]
        command = [*words, *arguments] if kind == "CMD" else ["/bin/sh", "-c", interpolated(words[0], FILLED_IN)]
        environment = self.environment(service)
        return subprocess.run(command, check=False, cwd=ROOT, env=environment, capture_output=True).returncode == 0

    def log(self, service):
        return (self.folder / f"{service}.log").read_text()


@pytest.fixture
def machine(cohort_registry, tmp_path):
    with ExitStack() as stack:
        machine = Machine(cohort_registry, tmp_path, stack)
        machine.start_redis()
        yield machine


@pytest.mark.slow
@pytest.mark.needs_redis
def test_web_worker_and_beat_start_by_their_command_lines_and_an_analysis_runs_through(machine):
    machine.build()
    assert machine.start("prepare").wait(60) == 0, machine.log("prepare")
    for service in ("web", "worker", "beat"):
        machine.start(service)
    address = f"http://127.0.0.1:{machine.ports['web']}"
    wait_until(lambda: machine.is_healthy("web", address), "the web server is healthy")
    wait_until(lambda: machine.is_healthy("worker"), "the worker is healthy")
    wait_until(lambda: machine.is_healthy("beat"), "beat is healthy")

    through_the_proxy = {
        "Host": FILLED_IN["ALLOWED_HOSTS"],
        "X-Forwarded-Proto": "https",
        "X-Forwarded-For": "10.0.0.1",
    }
    assert status_of(f"{address}/accounts/login/", headers=through_the_proxy) == 200
    wait_until(
        lambda: status_of(f"{address}/accounts/login/", headers={"Host": "elsewhere.example"}) == 400,
        "another host is refused",
    )

    wait_until(lambda: seals.head() is not None, "beat asks for the seal of the audit trail and the worker makes it")

    coordinator = User.objects.get(username="coordinator")
    definition = save_definition(
        ReportDefinition(name="Of this test", schedule="* * * * *"), recipients=[], by=coordinator
    )
    wait_until(
        lambda: Run.objects.filter(definition=definition, state=Run.State.DONE).exists(),
        "beat queues the due run and the worker does it",
        seconds=120,
    )
    assert Report.objects.filter(run__definition=definition).count() == 1
    assert {heartbeat.process for heartbeat in Heartbeat.objects.all()} == set(Heartbeat.Process)
