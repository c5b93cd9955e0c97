"""Who schedules which report for whom, and what the audit trail keeps of it."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone

from analytics.models import Kind, Report, ReportDefinition, Run
from analytics.rights import may_read, readable_reports
from analytics.scheduling import definitions
from registry.access.context import scope
from registry.access.permissions import claims_of
from registry.models import AuditEntry, Centre, Snapshot, User

pytestmark = pytest.mark.django_db


def trail(user):
    with scope(claims_of(user)):
        entries = AuditEntry.objects.filter(table__startswith="analytics_").order_by("pk")
        return [(entry.operation, entry.user_name, entry.table) for entry in entries]


def test_a_definition_runs_with_the_rights_of_who_saved_it(people, define):
    definition = define(recipients=[people.statistician, people.monitor])
    assert (definition.run_as, definition.run_as_role) == (people.coordinator, "coordinating_investigator")
    assert set(definition.recipients.all()) == {people.statistician, people.monitor}


@pytest.mark.parametrize("who", ["monitor", "statistician", "administrator", "investigator_03", "datamanager_03"])
def test_nobody_but_the_coordinating_investigator_schedules(people, define, who):
    with pytest.raises(PermissionDenied):
        define(by=getattr(people, who))
    assert not ReportDefinition.objects.exists()


def test_every_step_leaves_a_trace_for_those_who_review_all_centres(people, define):
    definition = define(recipients=[people.monitor])
    definition.schedule = "0 7 * * 1"
    definitions.save_definition(definition, recipients=[], by=people.coordinator)
    definitions.remove_definition(definition, by=people.coordinator)
    table, recipients = "analytics_reportdefinition", "analytics_reportdefinition_recipients"
    expected = [("I", table), ("I", recipients), ("U", table), ("D", recipients), ("D", table)]
    assert trail(people.monitor) == [(operation, "coordinator", name) for operation, name in expected]
    assert trail(people.administrator) == trail(people.datamanager_03) == []


def test_a_definition_cannot_be_changed_past_the_trail(define):
    definition = define()
    with pytest.raises(DatabaseError, match="does not say who acts"), transaction.atomic():
        ReportDefinition.objects.filter(pk=definition.pk).update(schedule="* * * * *")


@pytest.mark.parametrize(
    ("who", "kind", "reason"),
    [
        ("administrator", Kind.FULL_ANALYSIS, "administrator (Administrator) reads no reports."),
        (
            "investigator_03",
            Kind.FULL_ANALYSIS,
            "investigator-03 (Centre investigator) reads the report of centre 3, and no other.",
        ),
        (
            "datamanager_07",
            Kind.CENTRE_REPORT,
            "datamanager-07 (Data manager) reads the report of centre 7, and no other.",
        ),
    ],
)
def test_a_recipient_who_may_not_read_the_report_is_refused_with_the_reason(people, define, who, kind, reason):
    centre = people.baltimore if kind == Kind.CENTRE_REPORT else None
    with pytest.raises(ValidationError) as refused:
        define(kind=kind, centre=centre, recipients=[getattr(people, who), people.monitor])
    assert refused.value.message_dict == {"recipients": [reason]}
    assert not ReportDefinition.objects.exists()


def test_a_closed_account_is_no_recipient(people, define):
    people.monitor.is_active = False
    with pytest.raises(ValidationError, match="monitor: the account is closed"):
        define(recipients=[people.monitor])


@pytest.mark.parametrize("fields", [{"kind": Kind.CENTRE_REPORT}, {"kind": Kind.FULL_ANALYSIS, "centre": True}])
def test_a_centre_belongs_to_the_centre_report_and_to_no_other_kind(people, define, fields):
    if "centre" in fields:
        fields = fields | {"centre": people.baltimore}
    with pytest.raises(ValidationError, match="A centre report is of one centre"):
        define(**fields)


def test_for_every_centre_one_definition_is_made_each_for_its_own_readers(people):
    definition = ReportDefinition(name="Own numbers", kind=Kind.CENTRE_REPORT, schedule="0 6 1 * *")
    readers = [people.investigator_03, people.datamanager_07, people.monitor]
    made = definitions.save_for_every_centre(
        definition, centres=Centre.objects.all(), recipients=readers, by=people.coordinator
    )
    found = {one.centre_id: {user.username for user in one.recipients.all()} for one in made}
    assert found == {3: {"investigator-03", "monitor"}, 7: {"datamanager-07", "monitor"}}
    assert len({one.public_id for one in made}) == len({one.name for one in made}) == 2


def test_for_every_centre_a_recipient_of_none_is_refused_and_nothing_is_made(people):
    definition = ReportDefinition(name="Own numbers", kind=Kind.CENTRE_REPORT, schedule="0 6 1 * *")
    with pytest.raises(ValidationError, match="administrator reads none of these reports"):
        definitions.save_for_every_centre(
            definition, centres=Centre.objects.all(), recipients=[people.administrator], by=people.coordinator
        )
    assert not ReportDefinition.objects.exists()


def test_what_never_ran_is_deleted_and_what_ran_is_paused(people, define):
    never, once = define(name="Never"), define(name="Once")
    Run.objects.create(definition=once, due_at=timezone.now(), requested_by=people.coordinator)
    assert definitions.remove_definition(never, by=people.coordinator)
    assert not definitions.remove_definition(once, by=people.coordinator)
    assert [(one.name, one.is_active) for one in ReportDefinition.objects.all()] == [("Once", False)]


@pytest.mark.parametrize(
    ("change", "begins_anew"),
    [({"schedule": "0 7 * * 1"}, True), ({"is_active": True}, True), ({"name": "Weekly"}, False)],
)
def test_a_new_schedule_and_a_resumed_one_begin_when_they_are_saved(people, define, change, begins_anew):
    definition = define(is_active="is_active" not in change)
    before = definition.effective_from = timezone.now() - dt.timedelta(days=30)
    definitions.save_definition(definition, recipients=[], by=people.coordinator)
    definition.effective_from = before
    for name, value in change.items():
        setattr(definition, name, value)
    definitions.save_definition(definition, recipients=[], by=people.coordinator)
    assert (definition.effective_from > before) == begins_anew


def test_who_may_be_told_of_a_report_is_who_may_read_it(people):
    """`may_read` speaks of reports to come, `readable_reports` of those that are there."""
    snapshot = Snapshot.objects.create(
        taken_by=people.coordinator, n_patients=0, dictionary_version="d", sha256="a" * 64
    )
    for number, kind in enumerate(Kind):
        run = Run.objects.create(
            kind=kind, due_at=timezone.now() + dt.timedelta(number), requested_by=people.coordinator
        )
        centre = people.baltimore if kind == Kind.CENTRE_REPORT else None
        Report.objects.create(
            run=run, kind=kind, centre=centre, snapshot=snapshot, document={}, provenance=[], sha256="b" * 64
        )
    for user in User.objects.all():
        expected = {
            report.pk for report in Report.objects.all() if may_read(user, kind=report.kind, centre=report.centre_id)
        }
        assert set(readable_reports(user).values_list("pk", flat=True)) == expected


def test_the_nightly_analysis_is_scheduled_once(people):
    first = definitions.schedule_nightly(by=people.coordinator)
    assert definitions.schedule_nightly(by=people.coordinator) == first
    assert Run.objects.count() == 1
