"""Freezing the registry: the rows of every form, queries and owed forms, as text; a hash each and over all."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final, Self

from registry.access.context import scope, system
from registry.access.permissions import claims_of, require
from registry.access.roles import Permission
from registry.actions.errors import ActionRefused
from registry.actions.frozen_work import work
from registry.actions.record_facts import is_signature_whole
from registry.audit import changes
from registry.audit.changes import Changes
from registry.crf import codebook
from registry.crf.language import Message
from registry.crf.rows import as_row, canonical_json, digest
from registry.models import (
    ALL_FORMS,
    Patient,
    Query,
    RegistrySettings,
    Signature,
    Snapshot,
    SnapshotForm,
    Verification,
)

READINGS: Final = 8


class RegistryInMotion(ActionRefused):
    """Somebody saved something each time while the rows were read: no snapshot is of one moment."""

    words: Final = Message("Records were saved all the time while the registry was read. Try again in a quieter hour.")

    def __init__(self) -> None:
        super().__init__(str(self.words))


def take_snapshot(*, by: Any, data_state: str = Snapshot.DataState.COMPLETE) -> Snapshot:
    """Freeze all rows as they are now. Who may take a snapshot has its rows read for it, without seeing them."""
    require(by, Permission.TAKE_SNAPSHOT)
    with scope(replace(claims_of(by, channel="snapshot"), read="all")):
        return _store(_read_at_one_moment(), taken_by=by, data_state=data_state)


def take_live_snapshot() -> Snapshot:
    """For the outcomes page, by nobody."""
    with scope(system("live", read="all")):
        return _store(_read(), is_live=True)  # what was changed meanwhile makes another


def changes_since(snapshot: Snapshot | None) -> Changes | None:
    """What was changed that would stand otherwise in a snapshot taken now; without one, since the beginning."""
    with scope(system("live", read="all")):
        return changes.changes_since(snapshot.moment if snapshot else changes.BEGINNING, _tables())


def has_other_cut_off(snapshot: Snapshot) -> bool:
    """The data cut-off was moved since: the trail of the settings is seen by administrators only."""
    return snapshot.data_cut_off != RegistrySettings.load().data_cut_off


def _tables(*more: Any) -> list[str]:
    models: tuple[Any, ...] = (*ALL_FORMS, Verification, Signature, *more)
    return [model._meta.db_table for model in models]


@dataclass(frozen=True)
class Reading:
    """The text of each part. `moment` is before the first: what is changed meanwhile counts as changed since."""

    moment: str
    texts: dict[str, str]


def _read_at_one_moment() -> Reading:
    """Forms are read one after another: once more, where somebody saved something meanwhile."""
    for _ in range(READINGS):
        reading = _read(work)
        if changes.changes_since(reading.moment, _tables(Query)) is None:
            return reading
    raise RegistryInMotion


def _read(beside: Callable[[], dict[str, list[dict[str, Any]]]] = dict) -> Reading:
    moment = changes.this_moment()
    facts = Facts.read()
    forms: tuple[Any, ...] = ALL_FORMS
    texts = {model.form: canonical_json(frozen_rows(model, model.objects.all(), facts)) for model in forms}
    return Reading(moment, texts | {part: canonical_json(rows) for part, rows in beside().items()})


def _store(reading: Reading, **about: Any) -> Snapshot:
    hashes = {form: digest(text) for form, text in reading.texts.items()}
    snapshot = Snapshot.objects.create(
        data_cut_off=RegistrySettings.load().data_cut_off,
        n_patients=Patient.objects.count(),
        dictionary_version=codebook.version(),
        sha256=digest(canonical_json([hashes])),
        moment=reading.moment,
        **about,
    )
    for form, text in reading.texts.items():
        # One by one and without reading back: this role may write the text, not read it.
        SnapshotForm(snapshot=snapshot, form=form, text=text, sha256=hashes[form]).save(force_insert=True)
    return snapshot


@dataclass(frozen=True)
class Facts:
    """What stands on top of the states, by form and key of the record."""

    verified: frozenset[tuple[str, int]]
    signatures: dict[tuple[str, int], Signature]

    @classmethod
    def read(cls, patients: Any = None) -> Self:
        """Of all patients, or of these."""
        of_whom = {} if patients is None else {"patient__in": patients}
        whole_records = Verification.objects.filter(fields=[], **of_whom).values_list("form_name", "record_id")
        signatures = {(each.form_name, each.record_id): each for each in Signature.objects.filter(**of_whom)}
        return cls(frozenset(whole_records), signatures)

    def of(self, record: Any) -> dict[str, bool]:
        """A signature counts while the record is what was signed."""
        key = record.form, record.pk
        signature = self.signatures.get(key)
        is_signed = signature is not None and is_signature_whole(signature, record)
        return {"verified": key in self.verified, "signed": is_signed}


def frozen_rows(model: Any, records: Any, facts: Facts) -> list[dict[str, Any]]:
    """These records of one form as a snapshot holds them."""
    if model.form == "centre":
        return [as_row(centre) for centre in records.order_by("centre_no")]
    if model.form == "patient":
        return [_patient_row(patient) | facts.of(patient) for patient in records.order_by("number")]
    rows = [as_row(record) | facts.of(record) | _keys(record) for record in records.select_related("patient")]
    return sorted(rows, key=lambda row: (row["patient_id"], row.get("instance_no", 0)))


def _patient_row(patient: Patient) -> dict[str, Any]:
    return as_row(patient) | {"excluded": patient.excluded, "excluded_reason": patient.excluded_reason}


def _keys(record: Any) -> dict[str, Any]:
    keys = {"patient_id": record.patient.number, "centre_no": record.centre_id}
    return keys | ({"instance_no": record.instance_no} if record.repeats else {})
