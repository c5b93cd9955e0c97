"""The queries of the rules: raised for new findings, closed by themselves when the finding is gone.

A finding that the centre has confirmed or declared unavailable does not come back while its values stay the same.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from registry.access.context import scope, system
from registry.actions.one_writer import hold, wait_for
from registry.actions.queries import change_state, note, note_all
from registry.checks import engine, impact
from registry.checks.finding import Finding, Place
from registry.checks.records import PatientRecords
from registry.crf.language import english, taken_apart
from registry.crf.rows import digest, plain
from registry.models import CrfForm, Patient, Query
from registry.models.patient_records import load_patient_records

GONE = _("The finding is gone: closed by the rule.")
BACK = _("The values have changed and the finding is there again.")


@dataclass(frozen=True)
class _Standing:
    """A finding as a query knows it: which rule, which items, which values."""

    finding: Finding
    places: list[list[Any]]
    fingerprint: str


def update_rule_queries(patient: Any) -> None:
    """Bring the queries of the rules in line with the records. Inside `acting_as`, after a write.

    What concerns patients of two centres is seen, raised and closed by who reads all of them: the nightly run.
    """
    hold(patient)  # a question is asked once, also when two look at the same moment
    records = load_patient_records(patient)
    raised = patient.queries.exclude(check_id="").select_related("other_patient")
    _ask([(records, engine.run(records).findings, raised)])


def update_rule_queries_of(checked: Sequence[tuple[PatientRecords, Sequence[Finding]]]) -> None:
    """The same for many patients that are held and checked already, as they stand in the tables now."""
    raised: dict[int, list[Query]] = defaultdict(list)
    patients = [records.patient.pk for records, _findings in checked]
    for query in Query.objects.filter(patient__in=patients).exclude(check_id="").select_related("other_patient"):
        raised[query.patient_id].append(query)
    _ask([(records, findings, raised[records.patient.pk]) for records, findings in checked])


def _ask(checked: Iterable[tuple[PatientRecords, Sequence[Finding], Iterable[Query]]]) -> None:
    new = []
    for records, findings, raised in checked:
        standing = {_key(found): found for found in _findings(records, findings)}
        known = {_key_of_query(query): query for query in raised}
        new += [(records.patient, found) for key, found in standing.items() if key not in known]
        for key, query in known.items():
            if key in standing:
                _meet_again(query, standing[key])
            elif query.state != Query.State.CLOSED:
                _close(query)
    _raise(new)


def check_all_patients() -> int:
    """Every check over every patient, each night: new rules and new versions meet old records. Returns the number."""
    with scope(system("scheduler", read="all")):
        patients = list(Patient.objects.select_related("centre"))
    for patient in patients:
        check_patient(patient)
    return len(patients)


def check_patient(patient: Patient) -> None:
    claims = replace(system("scheduler", read="all"), write=(patient.centre_id,), channel="nightly checks")
    with scope(claims):
        wait_for(patient)
        update_rule_queries(patient)


def _findings(records: PatientRecords, findings: Sequence[Finding]) -> list[_Standing]:
    """Those between completed records; a draft is still being written."""
    return [
        _Standing(finding, [_place(place) for place in finding.places], _fingerprint(records, finding))
        for finding in findings
        if all(_is_completed(records, place) for place in finding.places) and _asks(finding, records.patient)
    ]


def _asks(finding: Finding, patient: Patient) -> bool:
    """Across centres one question a pair is enough for the one who answers both: at the higher number."""
    return not finding.is_across_centres or finding.other_patient < str(patient.number)


def _key(standing: _Standing) -> tuple[str, str, str]:
    finding = standing.finding
    return finding.check_id, json.dumps(standing.places), finding.other_patient


def _key_of_query(query: Query) -> tuple[str, str, str]:
    other = query.other_patient
    return query.check_id, json.dumps(query.places), str(other.number) if other else ""


def _place(place: Place) -> list[Any]:
    return [place.form, place.instance_no, place.field]


def _is_completed(records: PatientRecords, place: Place) -> bool:
    return all(record.state != CrfForm.State.IN_PROGRESS for record in _records_at(records, place))


def _fingerprint(records: PatientRecords, finding: Finding) -> str:
    values = [
        [plain(getattr(record, place.field, None)), record.missing.get(place.field)]
        for place in finding.places
        for record in _records_at(records, place)
    ]
    # A new version of a check asks again, also about what was settled under the old one.
    return digest(json.dumps([finding.version, values], sort_keys=True, default=str))


def _records_at(records: PatientRecords, place: Place) -> list[Any]:
    if place.form in ("patient", "centre"):
        return [records.one(place.form)]
    return [
        record
        for record in records.forms
        if record.form == place.form and place.instance_no in (None, getattr(record, "instance_no", None))
    ]


def _raise(asked: Sequence[tuple[Any, _Standing]]) -> None:
    others = _other_patients([found.finding for _patient, found in asked])
    queries = Query.objects.bulk_create([_query(patient, found, others) for patient, found in asked])
    note_all([(query, found.finding.text) for query, (_patient, found) in zip(queries, asked, strict=True)])


def _query(patient: Any, found: _Standing, others: Mapping[str, Patient]) -> Query:
    form, number, field = found.places[0] if found.places else ("patient", None, "")
    return Query(
        patient=patient,
        centre_id=patient.centre_id,
        form_name=form,
        instance_no=number,
        field_name=field,
        check_id=found.finding.check_id,
        check_version=found.finding.version,
        other_patient=others[found.finding.other_patient] if found.finding.other_patient else None,
        is_across_centres=found.finding.is_across_centres,
        places=found.places,
        fingerprint=found.fingerprint,
        message=english(found.finding.text),
        wording=taken_apart(found.finding.text),
        impact=impact.of_places(found.finding.places),
    )


def _other_patients(findings: Iterable[Finding]) -> dict[str, Patient]:
    """By number, those whom findings name beside their own patient."""
    numbers = {finding.other_patient for finding in findings} - {""}
    return {str(patient.number): patient for patient in Patient.objects.filter(number__in=numbers)}


def _meet_again(query: Query, found: _Standing) -> None:
    """The rule still objects: a settled question opens again only if the values are others now."""
    if query.fingerprint == found.fingerprint:
        return
    text = found.finding.text
    query.fingerprint, query.message, query.wording = found.fingerprint, english(text), taken_apart(text)
    query.check_version = found.finding.version
    query.save(update_fields=["fingerprint", "message", "wording", "check_version"])
    if not query.is_open and found.fingerprint not in query.settled:
        change_state(query, to=Query.State.REOPENED, allowed=[query.state], answer="")
        note(query, by=None, text=BACK)


def _close(query: Query) -> None:
    query.fingerprint = ""
    query.save(update_fields=["fingerprint"])
    change_state(query, to=Query.State.CLOSED, allowed=[query.state])
    note(query, by=None, text=GONE)
