"""The case report form of one patient as it stands in the registry."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from registry.actions.record_facts import is_signature_whole
from registry.checks.completeness import is_required
from registry.crf import codebook, words
from registry.crf.language import declared
from registry.crf.titles import title_of
from registry.models import PATIENT_FORMS, Patient, Signature, Verification
from registry.transfer.paper.pdf import render
from registry.transfer.paper.questions import Question, questions

Key = tuple[str, int]


class Facts:
    """Who verified and who signed which record of the patient."""

    def __init__(self, patient: Patient) -> None:
        self.verifications = _by_record(Verification.objects.filter(patient=patient).select_related("by"))
        self.signatures = _by_record(Signature.objects.filter(patient=patient).select_related("by"))

    def verified(self, record: Any) -> str:
        fact = self.verifications.get(_key(record))
        if fact is None:
            return ""
        text = _("%(when)s, %(who)s") % {"when": local(fact.at), "who": fact.by.username}
        return f"{text}, {_('the items marked')}" if fact.fields else text

    def is_verified(self, record: Any, field: Any) -> bool:
        """Is this item on the list of those that were verified? Without a list the whole record was."""
        fact = self.verifications.get(_key(record))
        return fact is not None and field.name in fact.fields

    def signed(self, record: Any) -> str:
        fact = self.signatures.get(_key(record))
        if fact is None:
            return ""
        text = _("%(when)s, %(who)s") % {"when": local(fact.at), "who": fact.signer_name}
        return text if is_signature_whole(fact, record) else f"{text}; {_('the content differs from what was signed')}"


def filled_crf(patient: Patient, *, by: Any, at: dt.datetime) -> bytes:
    """All records of the patient. Who may not see the patient does not get this far."""
    facts = Facts(patient)
    by_model = [(model, _records(model, patient)) for model in PATIENT_FORMS]
    records = [patient, *(record for _model, found in by_model for record in found)]
    not_started = [str(model._meta.verbose_name) for model, found in by_model if not found]
    data = {
        "title": _("Patient %(number)s") % {"number": patient},
        "centre": _("Centre %(centre)s") % {"centre": patient.centre},
        "footer": _("Dictionary version %(version)s. Printed on %(when)s by %(who)s")
        % {"version": codebook.version(), "when": local(at), "who": by.username},
        "facts": _about(patient, not_started),
        "texts": {
            "overview": [_("Form"), _("State"), _("Version"), _("Verified"), _("Signed")],
            "columns": [_("Item"), _("Question"), _("Answer")],
            "verified": _("verified"),
        },
        "overview": [_line(record, facts) for record in records],
        "records": [_section(record, facts) for record in records],
    }
    return render("filled_crf", data, at=at)


def _records(model: Any, patient: Patient) -> list[Any]:
    found = list(model.objects.filter(patient=patient))
    for record in found:
        record.patient = patient  # already read
    return found


def _about(patient: Patient, not_started: list[str]) -> list[tuple[str, str]]:
    about = [(_("Centre"), str(patient.centre)), (_("Institution"), str(patient.centre.centre_name or ""))]
    if patient.excluded:
        about.append((_("Excluded from analysis"), patient.excluded_reason or ""))
    return [*about, (_("Forms not started"), ", ".join(not_started) or _("none"))]


def _line(record: Any, facts: Facts) -> dict[str, str]:
    return {
        "title": title_of(record),
        "state": str(declared(record.state)),
        "version": str(record.version),
        "verified": facts.verified(record),
        "signed": facts.signed(record),
    }


def _section(record: Any, facts: Facts) -> dict[str, Any]:
    line = _line(record, facts)
    stated = [line["state"], _("version %(version)s") % {"version": record.version}]
    stated += [_("verified %(fact)s") % {"fact": line["verified"]}] if line["verified"] else []
    stated += [_("signed %(fact)s") % {"fact": line["signed"]}] if line["signed"] else []
    return {
        "title": line["title"],
        "facts": stated,
        "items": [_item(record, question, facts) for question in questions(type(record))],
    }


def _item(record: Any, question: Question, facts: Facts) -> dict[str, Any]:
    field = question.field
    answer = words.answer_in_words(field, record)
    return {
        "numbers": question.numbers,
        "label": str(field.verbose_name),
        "answer": answer or _without_answer(record, field),
        "is_answer": bool(answer),
        "verified": facts.is_verified(record, field),
    }


def _without_answer(record: Any, field: Any) -> str:
    """An empty item is not asked for, or still waits for its answer."""
    return _("not answered") if is_required(field, record) else "–"


def _by_record(facts: Iterable[Any]) -> dict[Key, Any]:
    return {(fact.form_name, fact.record_id): fact for fact in facts}


def _key(record: Any) -> Key:
    return record.form, record.pk


def local(at: dt.datetime) -> str:
    """In the time of the registry, to the minute."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"
