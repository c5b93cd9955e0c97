"""The file of an export, as the page hands it out."""

import pytest

from registry.access.context import scope, system
from registry.actions import exports
from registry.models import Export, ExportEvent, User
from registry.transfer.exports import job
from tests.pages import log_in
from tests.registry.web.test_exports_page import text


@pytest.fixture(autouse=True)
def nobody_is_woken(monkeypatch):
    monkeypatch.setattr(exports, "wake_worker", lambda key: None)


@pytest.mark.slow
def test_a_file_is_downloaded_and_the_page_says_by_whom(cohort_registry):
    with scope(system("login", read="all")):
        coordinator = User.objects.get(username="coordinator")
    made = exports.request_export(exports.Wish("csv", "deidentified"), by=coordinator)
    job.carry_out(made.pk)
    client = log_in(coordinator)
    page = text(client.get(f"/exports/{made.public_id}/"))
    assert f'href="/exports/{made.public_id}/file/"' in page and "Rows, equal in the files and in the database" in page
    file = client.get(f"/exports/{made.public_id}/file/")
    assert file.content.startswith(b"PK") and file["Content-Type"] == "application/zip"
    assert client.get(f"/exports/{made.public_id}/progress/")["HX-Refresh"] == "true"
    assert "downloaded" in text(client.get(f"/exports/{made.public_id}/"))
    with scope(system("test", read="all")):
        assert [event.kind for event in ExportEvent.objects.all()] == ["made", "downloaded"]
        Export.objects.update(expires_at="2020-01-01T00:00Z")
    gone = client.get(f"/exports/{made.public_id}/file/")
    assert gone.status_code == 410 and "Export again" in text(gone)
