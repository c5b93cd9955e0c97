"""The queries of a patient that are not closed, and the findings of the checks that have raised none."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from registry.access.permissions import may
from registry.access.roles import Permission
from registry.checks import engine
from registry.checks.finding import Finding
from registry.checks.records import PatientRecords
from registry.crf.titles import title_of
from registry.models import Query
from registry.web.addresses import record_address
from registry.web.places import address_of_place, anchor, label_of_item, records_at, title_of_form
from registry.web.queries.list_page import EFFECTS

State = Query.State


@dataclass(frozen=True)
class Asked:
    """A query, with what this reader does about it: nothing where another's turn it is."""

    query: Query
    title: str  # of the item
    item_url: str
    url: str
    to_do: str

    @property
    def effect(self) -> Any:
        return EFFECTS[self.query.impact]


@dataclass(frozen=True)
class Remark:
    """A finding of the checks, with the pages on which it can be put right."""

    finding: Finding
    links: list[tuple[str, str]]


def queries_of_patient(patient: Any) -> list[Query]:
    """Weightiest first, of these the oldest; the closed ones too, since a settled finding is no remark. One query."""
    return list(patient.queries.order_by("impact", "raised_at", "pk"))


def asked(queries: Iterable[Query], records: PatientRecords, *, user: Any) -> list[Asked]:
    return [_asked(query, records, user) for query in queries if query.state != State.CLOSED]


def _asked(query: Query, records: PatientRecords, user: Any) -> Asked:
    form, number, field = query.form_name, query.instance_no, query.field_name
    item = label_of_item(form, field)
    title = title_of_form(form, number)
    return Asked(
        query=query,
        title=f"{title}: {item}" if item else title,
        item_url=address_of_place(records, form, number, field),
        url=reverse("query", args=[query.public_id]),
        to_do=_to_do(query, user),
    )


def _to_do(query: Query, user: Any) -> str:
    if query.is_open:
        return pgettext("step", "Answer") if may(user, Permission.ANSWER_QUERY, centre=query.centre_id) else ""
    return _("Close") if may(user, Permission.RAISE_QUERY) else ""


def remarks(queries: Iterable[Query], records: PatientRecords) -> list[Remark]:
    """The findings without a query: those that keep a form from being complete, and those of drafts.

    A closed query still stands for its finding while its fingerprint is there: the centre has settled it.
    """
    known = [(each.check_id, each.places) for each in queries if each.state != State.CLOSED or each.fingerprint]
    findings = engine.run(records).findings
    return [_remark(finding, records) for finding in findings if (finding.check_id, _places(finding)) not in known]


def _places(finding: Finding) -> list[list[Any]]:
    return [[place.form, place.instance_no, place.field] for place in finding.places]


def _remark(finding: Finding, records: PatientRecords) -> Remark:
    links: dict[str, str] = {}
    for place in finding.places:
        for record in records_at(records, place.form, place.instance_no):
            links.setdefault(title_of(record), record_address(record) + anchor(place.field))
    return Remark(finding, list(links.items()))
