"""An import taken back: previous values return; what was changed since is named and left alone."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from registry.actions.importing.newer import items_changed_since
from registry.actions.importing.stored import StoredPatient, load
from registry.actions.record_facts import drop_facts, reasons_changed, with_values_and_units
from registry.actions.rule_queries import update_rule_queries
from registry.crf.rows import plain
from registry.crf.titles import title_of
from registry.models import (
    FORMS_BY_NAME,
    CrfForm,
    Draft,
    ImportBatch,
    ImportedRecord,
    Patient,
    Query,
    QueryMessage,
    Signature,
    Verification,
)

State = CrfForm.State


def undo_patients(batch: ImportBatch, numbers: Sequence[str]) -> Iterator[list[str]]:
    """Inside `acting_as` and with the patients held. Yields what is left alone of each, with the reasons."""
    known = load(batch.centre, numbers)
    kept: dict[str, list[ImportedRecord]] = defaultdict(list)
    for each in batch.records.filter(patient_number__in=numbers).order_by("-pk"):
        kept[each.patient_number].append(each)
    for number in numbers:
        yield _undo_patient(known[number], kept[number])


def _undo_patient(known: StoredPatient, kept: Sequence[ImportedRecord]) -> list[str]:
    patient = known.patient
    if patient is None:
        return []
    if patient.state == State.LOCKED:
        return [_left(patient.number, _("patient"), _("locked"))]
    before = list(known.forms)
    left = [text for each in kept if each.form != "patient" and (text := _undo(each, known))]
    own = next((each for each in kept if each.form == "patient"), None)
    if own is not None and own.is_new:
        why = _delete_patient(known, own)
        if not why:
            return left
        left.append(_left(patient.number, _("patient"), why))
    elif own is not None and (text := _put_back(patient, own, patient.number)):
        left.append(text)
    _drop_facts_of(patient, [record for record in before if record not in known.forms])
    update_rule_queries(Patient.objects.get(pk=patient.pk))
    return left


def _undo(kept: ImportedRecord, known: StoredPatient) -> str:
    """A form. Empty where all of it came back."""
    record = next((each for each in known.forms if (each.form, each.pk) == (kept.form, kept.record)), None)
    if record is None:
        return _left(kept.patient_number, str(FORMS_BY_NAME[kept.form]._meta.verbose_name), _("deleted since"))
    if not kept.is_new:
        return _put_back(record, kept, kept.patient_number)
    if not _stands_as_imported(record, kept):
        return _left(kept.patient_number, title_of(record), _("changed since"))
    known.forms.remove(record)
    type(record).objects.filter(pk=record.pk).delete()
    return ""


def _drop_facts_of(patient: Patient, gone: Sequence[Any]) -> None:
    """Verifications and signatures of records that are no more."""
    about = [Q(form_name=record.form, record_id=record.pk) for record in gone]
    for model in (Verification, Signature) if about else ():
        model.objects.filter(reduce(or_, about), patient=patient).delete()


def _stands_as_imported(record: Any, kept: ImportedRecord) -> bool:
    """Also where a later import changed it and was undone."""
    return record.version == kept.version or not items_changed_since(record, kept.version)


def _put_back(record: Any, kept: ImportedRecord, number: str) -> str:
    """Item by item: what still stands as the import left it gets its previous answer."""
    names = {name for name in kept.before if name not in ("state", "missing")}
    before, after = kept.before.get("missing", {}), kept.after.get("missing", {})
    reasons = reasons_changed(before, after)
    changed = _changed_since(record, kept.after, names, reasons)
    columns = {name: record._meta.get_field(name).to_python(kept.before[name]) for name in names - changed}
    if reasons - changed:
        others = {name: reason for name, reason in record.missing.items() if name not in reasons - changed}
        columns["missing"] = others | {name: before[name] for name in reasons - changed if name in before}
    if kept.before["state"] != kept.after["state"] == record.state:
        columns["state"] = kept.before["state"]  # without the answers of the import it may not be complete
    if columns and not _update(record, columns):
        return _left(number, title_of(record), _("the previous values would contradict what was entered since"))
    labels = ", ".join(str(record._meta.get_field(name).verbose_name) for name in sorted(changed))
    return _left(number, f"{title_of(record)}: {labels}", _("changed since")) if changed else ""


def _changed_since(record: Any, after: dict[str, Any], values: set[str], reasons: set[str]) -> set[str]:
    """Of the items that an import wrote, those of which value, reason or unit is not as it left them."""
    left = after.get("missing", {})
    changed = {name for name in values if plain(getattr(record, name)) != after[name]}
    changed |= {name for name in reasons if record.missing.get(name) != left.get(name)}
    return with_values_and_units(type(record), changed) & (values | reasons)


def _update(record: Any, columns: dict[str, Any]) -> bool:
    try:
        with transaction.atomic():
            type(record).objects.filter(pk=record.pk).update(**columns, version=F("version") + 1)
    except IntegrityError:
        return False
    drop_facts(record, columns.keys() | reasons_changed(record.missing, columns.get("missing", record.missing)))
    return True


def _delete_patient(known: StoredPatient, kept: ImportedRecord) -> str:
    """A patient whom the import brought in goes again, with what only rules asked; else it says why not."""
    patient = known.patient
    if known.forms or not _stands_as_imported(patient, kept):
        return _("changed since, or other forms were added")
    queries = Query.objects.filter(Q(patient=patient) | Q(other_patient=patient))
    if QueryMessage.objects.filter(query__in=queries, by__isnull=False).exists():
        return _("somebody wrote about it in a query")
    try:
        with transaction.atomic():
            _delete(patient, queries)
    except IntegrityError:  # by a query that this centre does not see
        return _("the coordinating centre has a query about it")
    return ""


def _delete(patient: Patient, queries: QuerySet[Query]) -> None:
    """Raises IntegrityError where a row that is not seen still names the patient."""
    QueryMessage.objects.filter(query__in=queries).delete()
    queries.delete()
    for model in (Verification, Signature, Draft):
        model.objects.filter(patient=patient).delete()
    Patient.objects.filter(pk=patient.pk).delete()
    connection.check_constraints()


def _left(number: str, what: str, why: str) -> str:
    return _("%(patient)s, %(what)s: %(why)s") % {"patient": number, "what": what, "why": why}
