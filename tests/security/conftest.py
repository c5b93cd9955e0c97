"""What the tests of rights and isolation are about: a patient of Brescia with every form."""

from typing import Any

import pytest

from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.actions.exports import Wish, begin_export
from registry.actions.importing.batches import bring_in
from registry.actions.queries import raise_query
from registry.api.throttles import TokenThrottle
from registry.models import PATIENT_FORMS
from tests.pages import new_patient, save


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
