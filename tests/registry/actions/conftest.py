"""A patient of Baltimore and who works on it."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor, wait
from decimal import Decimal

import pytest
from django.db import connection, transaction

from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.actions.create_patient import create_patient
from registry.models import Baseline, InoCycle, Patient


@pytest.fixture
def anna(people):
    """The data manager of Baltimore, at work."""
    with scope(claims_of(people.datamanager_03)):
        yield people.datamanager_03


@pytest.fixture
def patient(people, anna):
    new = Patient(centre=people.baltimore, sex="F", age_rr=40, consent_basis="written")
    return create_patient(new, by=anna, complete=True).record


def baseline(patient, **values):
    return Baseline(patient=patient, centre_id=patient.centre_id, **values)


def full_baseline(patient, **values):
    """A baseline that can be completed; ECOG 3 or 4 is what rule C38 asks about."""
    answers = {"rr_date": "2019-04", "lab_date": dt.date(2019, 5, 1), "ecog": "1", "emd": "0", "cns_rr": "0"}
    missing = dict.fromkeys(("wbc", "plt", "hb", "ldh", "bm_blasts"), "ND")
    return baseline(patient, **(answers | {"missing": missing} | values))


def cycle(patient, **values):
    first = {"cycle_no": 1, "d1_date": dt.date(2019, 5, 2), "d1_dose": Decimal("0.8"), "d8_given": False}
    first |= {"d15_given": False, "incomplete_reason": "hct", "concomitant": ["none"]}
    first |= {"resp_assessed": False, "mrd_done": False}
    return InoCycle(patient=patient, centre_id=patient.centre_id, **(first | values))


def while_another_waits(first, second):
    """Do `first`, start `second` before it is committed, and return what became of the second."""

    def run():
        try:
            return second()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            waiting = pool.submit(run)
            assert wait([waiting], timeout=0.3).not_done
        return waiting.result(timeout=10)
