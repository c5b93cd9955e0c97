"""The registry as users meet it: gunicorn on the reference cohort, Chromium in front of it."""

import datetime as dt
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from analytics.actions import request_run
from analytics.comparing import compute_waiting
from analytics.live import compute, watch
from analytics.models import Heartbeat, ReportDefinition
from analytics.publish import carry_out
from analytics.scheduling.definitions import save_definition
from registry.access.context import scope, system
from registry.actions.exports import Wish, begin_export
from registry.models import User
from registry.transfer.exports.job import make as make_export
from tests import databases
from tests.browser import chromium, keyboard, pictures
from tests.registry.importing.arranged import bring_in_two_files
from tests.sealing import seal_everything

# Playwright keeps an event loop in this thread to the end of the session, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
ROOT = Path(__file__).resolve().parent.parent.parent
DATABASE = f"registry_browser_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
# Chromium reports answers such as 422, and a lost network, as errors of loading; the pages are meant to meet them.
EXPECTED = re.compile(
    r"Failed to load resource: (the server responded with a status of 4(03|04|09|22)|net::ERR_INTERNET_DISCONNECTED)"
)


@dataclass(frozen=True)
class Site:
    url: str
    passwords: dict[str, str]


@pytest.fixture(scope="session")
def site(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Site]:
    """One registry for all browser tests: tests that write take a patient or a form of their own."""
    folder = tmp_path_factory.mktemp("site")
    with django_db_blocker.unblock():
        databases.copy_database(databases.TEMPLATE, DATABASE)
        environment = os.environ | databases.urls(DATABASE) | _settings(folder)
        for command in (["collectstatic", "--no-input"], ["load_demonstration"]):
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)
        with databases.connected_to(DATABASE):
            coordinator = User.objects.get(username="coordinator")
            for _ in range(2):  # two reports, so that there is something to compare
                carry_out(request_run(by=coordinator).pk)
            make_export(begin_export(Wish("csv", "deidentified"), by=coordinator))
            compute_waiting()
            compute.carry_out(watch.queue().pk)
            _schedule(by=coordinator)
            seal_everything()
            bring_in_two_files(User.objects.get(username="datamanager-03"))
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--config", "file:config/gunicorn.py"]
    server = subprocess.Popen([*command, "--bind", f"127.0.0.1:{port}"], cwd=ROOT, env=environment)
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(f"{url}/health/")
        accounts = (folder / "accounts.txt").read_text().splitlines()
        yield Site(url, dict(line.split() for line in accounts))
    finally:
        server.terminate()
        server.wait(20)
        with django_db_blocker.unblock():
            databases.drop_database(DATABASE)


@pytest.fixture(scope="package")
def playwright(site: Site) -> Iterator[Playwright]:
    """Ends with the browser tests: the event loop that it runs in this thread would keep others from the database."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=chromium.PROGRAM, args=chromium.ARGUMENTS)
    yield browser
    browser.close()


@pytest.fixture
def open_as(browser: Browser, site: Site) -> Iterator[Callable[..., Page]]:
    """A page of a new browser in which this user is logged in. At the end: nothing complained in any console."""
    complaints: list[str] = []
    contexts = []

    def open_page(username: str, *, width: int = 1280) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, base_url=site.url)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: _note(message, complaints))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        log_in(page, username, site.passwords[username])
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def connected(site: Site, django_db_blocker: Any) -> Callable[[], AbstractContextManager[None]]:
    """A connection to the database of the site: `with connected(): ...`."""

    @contextmanager
    def connect() -> Iterator[None]:
        with django_db_blocker.unblock(), databases.connected_to(DATABASE):
            yield

    return connect


@pytest.fixture
def in_registry(
    connected: Callable[[], AbstractContextManager[None]],
) -> Callable[[], AbstractContextManager[None]]:
    """What the site has stored, without its pages: `with in_registry(): ...`."""

    @contextmanager
    def read() -> Iterator[None]:
        with connected(), scope(system("test", read="all")):
            yield

    return read


@pytest.fixture(scope="session")
def picture_folder(tmp_path_factory: Any) -> Path:
    """Where pictures go: with the variable SCREENSHOTS to that folder, to be kept."""
    kept = os.environ.get("SCREENSHOTS")
    folder = ROOT / kept if kept else tmp_path_factory.mktemp("screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def picture(picture_folder: Path) -> Callable[[Page, str], None]:
    """Keep what the page shows under this name."""
    return lambda page, name: pictures.take(page, picture_folder / f"{name}.png")


def log_in(page: Page, username: str, password: str, *, at: str = "") -> None:
    """By keyboard. `at` is the site's address, for a browser that does not know it."""
    page.goto(f"{at}/accounts/login/")
    keyboard.type_into(page, "[name=login]", username)
    keyboard.type_into(page, "[name=password]", password)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


def _note(message: Any, complaints: list[str]) -> None:
    if message.type in ("error", "warning") and not EXPECTED.match(message.text):
        complaints.append(message.text)


def _schedule(*, by: User) -> None:
    """A report for the steering committee. No worker and no beat run here; the pages believe that they do."""
    people = User.objects.filter(username__in=("coordinator", "monitor", "statistician"))
    definition = ReportDefinition(name="Steering committee", schedule="0 6 1 1,7 *")
    save_definition(definition, recipients=people, by=by)
    tomorrow = timezone.now() + dt.timedelta(days=1)
    Heartbeat.objects.bulk_create(Heartbeat(process=process, seen_at=tomorrow) for process in Heartbeat.Process)


def _settings(folder: Path) -> dict[str, str]:
    return {
        "REGISTRY_ENVIRONMENT": "demonstration",
        "SECRET_KEY": "a key for the tests of the browser, used for nothing else",
        "REGISTRY_FOLDER": str(folder),
        "STATIC_ROOT": str(folder / "static"),
        "PASSWORD_HASH_MEMORY_KIB": "64",
        "CELERY_BROKER_URL": "memory://",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str, seconds: float = 180) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(url, timeout=20)
            return
        except (urllib.error.URLError, TimeoutError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
