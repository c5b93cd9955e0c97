"""The reference cohort goes through the same action as any import."""

import pytest
from django.core.management import call_command

from registry.access.context import scope, system
from registry.models import AuditEntry, CrfForm, InoCycle, Patient

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_the_reference_cohort_loads_without_a_hard_finding(tmp_path, monkeypatch):
    monkeypatch.setenv("REGISTRY_FOLDER", str(tmp_path))
    call_command("load_demonstration")
    with scope(system("install", read="all")):
        assert Patient.objects.count() == 58
        assert set(InoCycle.objects.values_list("state", flat=True)) == {CrfForm.State.COMPLETE}
        entry = AuditEntry.objects.filter(table="registry_patient").first()
    assert (entry.channel, entry.reason, entry.role) == (
        "import",
        "Reference cohort of the demonstration",
        "data_manager",
    )
    assert (tmp_path / "accounts.txt").stat().st_mode & 0o777 == 0o600
