"""What the tests of rights and isolation are about: a patient of Brescia with every form."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from django.db import connection

from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.access.querysets import CentreQuerySet
from registry.actions.exports import Wish, begin_export
from registry.actions.importing.batches import bring_in
from registry.actions.queries import raise_query
from registry.api.throttles import TokenThrottle
from registry.models import PATIENT_FORMS
from tests.databases import without_row_level_security
from tests.pages import new_patient, save

LAYERS = ("both layers", "the application alone")


@pytest.fixture
def layers(request: Any, django_db_setup: None, django_db_blocker: Any, monkeypatch: Any) -> Iterator[None]:
    """What keeps the centres apart: to be used before any fixture that opens the test's transaction."""
    layer = getattr(request, "param", LAYERS[0])
    if layer == "the database alone":
        monkeypatch.setattr(CentreQuerySet, "visible_to", lambda rows, user: rows)
    with ExitStack() as stack:
        if layer == "the application alone":
            stack.enter_context(django_db_blocker.unblock())
            stack.enter_context(without_row_level_security(connection.settings_dict["NAME"]))
        yield


@pytest.fixture
def records_of_brescia(people: Any) -> dict[str, Any]:
    by = people.datamanager_07
    patient = new_patient(by)
    records = {"patient": patient}
    for model in PATIENT_FORMS:
        record = model(patient=patient, centre=by.centre)
        if model.repeats:
            setattr(record, model.number_field, "dx" if model.form == "cytogenetics" else 1)
        records[model.form] = save(record, by=by)
    with scope(claims_of(by)):
        bring_in(b"patient_id,sex", name="patient.csv", centre=by.centre, by=by)
    with scope(claims_of(people.monitor)):
        raise_query(record=records["baseline"], message="Is ECOG right?", by=people.monitor)
    begin_export(Wish("csv", "full"), by=by)
    return records


@pytest.fixture
def unlimited(monkeypatch: Any) -> None:
    """Thousands of requests a minute with one token."""
    monkeypatch.setattr(TokenThrottle, "THROTTLE_RATES", {"token": None})
