"""The engine: runs every check over the records of one patient and returns all findings at once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from registry.checks.finding import Finding, NotEvaluable, Severity, Violation
from registry.checks.records import PatientRecords
from registry.checks.rules import rules_of
from registry.crf.language import Message

Function = Callable[[PatientRecords], Iterator[Violation | NotEvaluable]]


@dataclass(frozen=True)
class Check:
    """One edit check of the catalogue. `fields` are those concerned, as `form.field`."""

    check_id: str
    severity: Severity
    message: str
    fields: tuple[str, ...]
    function: Function
    version: int = 1


@dataclass(frozen=True)
class Outcome:
    """What the checks say of one patient."""

    findings: tuple[Finding, ...]
    not_evaluable: frozenset[str]

    def blocking(self, form: str, instance_no: int | None = None) -> list[Finding]:
        """The findings that keep this record from being completed."""
        return [
            finding
            for finding in self.findings
            if finding.severity is Severity.HARD and finding.concerns(form, instance_no)
        ]


CHECKS: dict[str, Check] = {}


def check(check_id: str, severity: Severity, *, fields: str, message: str, version: int = 1) -> Callable[..., Function]:
    """Register a check over the records of a patient. The function yields `violated(...)` or `NOT_EVALUABLE`."""

    def register(function: Function) -> Function:
        if check_id in CHECKS:
            raise ValueError(f"check {check_id} is registered twice")
        CHECKS[check_id] = Check(check_id, severity, message, tuple(fields.split()), function, version)
        return function

    return register


def run(records: PatientRecords, *, absent_is_final: bool = False) -> Outcome:
    """Everything that the catalogue says of this patient.

    A finding that concerns a form not yet started is not evaluable: the later form will meet the check. At the lock no
    form comes later: `absent_is_final` keeps these findings.
    """
    findings: list[Finding] = []
    not_evaluable: set[str] = set()
    for finding, check_id in (*_run_rules(records), *_run_checks(records)):
        waits = finding and not absent_is_final and not all(records.is_started(place.form) for place in finding.places)
        if finding is None or waits:
            not_evaluable.add(check_id)
        else:
            findings.append(finding)
    return Outcome(tuple(findings), frozenset(not_evaluable))


def _run_rules(records: PatientRecords) -> Iterator[tuple[Finding | None, str]]:
    for record in records.everything():
        for rule in rules_of(type(record)):
            answer = rule.evaluate(record)
            if answer is None:
                yield None, rule.check_id
            elif answer:
                yield rule.finding(record), rule.check_id


def _run_checks(records: PatientRecords) -> Iterator[tuple[Finding | None, str]]:
    for check in CHECKS.values():
        for result in check.function(records):
            yield (_finding(check, result) if isinstance(result, Violation) else None), check.check_id


def _finding(check: Check, violation: Violation) -> Finding:
    text = Message(check.message, **dict(violation.values))
    whose = violation.other_patient, violation.is_across_centres
    return Finding(check.check_id, check.severity, text, violation.places, *whose, check.version)
