"""Failure in plain words, and pages under a strict content security policy."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import OperationalError

from registry.web.errors import server_error
from tests.pages import log_in

STANDALONE = {
    "codebook.html": "written to a file of its own, that is opened without the registry",
    "report_document.html": "a report in one file, that is kept and opened without the registry",
}
TEMPLATES = sorted(
    path for path in Path(settings.BASE_DIR / "templates").rglob("*.html") if path.name not in STANDALONE
)


@pytest.mark.django_db
def test_health_is_answered_to_anybody(client):
    response = client.get("/health/")
    assert (response.status_code, response.content) == (200, b"ok")


@pytest.mark.parametrize(
    ("error", "status", "words"), [(OperationalError, 503, "Wait a minute"), (ValueError, 500, "a fault of its own")]
)
def test_a_failure_says_whether_waiting_helps(rf, error, status, words):
    try:
        raise error
    except error:
        response = server_error(rf.get("/"))
    assert response.status_code == status
    assert words in response.content.decode()


@pytest.mark.django_db
def test_a_page_that_does_not_exist_is_explained(people):
    response = log_in(people.datamanager_03).get("/nothing/")
    assert response.status_code == 404
    assert "There is no such page" in response.content.decode()


@pytest.mark.django_db
def test_pages_carry_a_strict_content_security_policy(client):
    policy = client.get("/accounts/login/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(settings.BASE_DIR)))
def test_a_template_holds_no_inline_script_or_style(path):
    text = path.read_text()
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|hx-on", text)


def test_nothing_is_marked_safe_but_what_was_checked():
    python = [path for app in ("registry", "analytics") for path in Path(settings.BASE_DIR / app).rglob("*.py")]
    found = {path.name for path in python if "mark_safe" in path.read_text()}
    assert found == {"figures.py"}  # the drawing, after each of its elements was looked at
    assert not [path for path in TEMPLATES if "|safe" in path.read_text() or "autoescape off" in path.read_text()]


@pytest.mark.django_db
def test_no_copy_of_a_page_is_kept(people):
    assert "no-store" in log_in(people.datamanager_03).get("/patients/")["Cache-Control"]


def test_templates_are_small():
    lengths = sorted(len(path.read_text().splitlines()) for path in TEMPLATES)
    assert lengths[len(lengths) // 2] < 40
    assert lengths[-1] < 80
