"""What the registry derives from several answers, shown beneath the last of them: karyotype, SOS/VOD."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from registry.checks.records import PatientRecords
from registry.crf import karyotype
from registry.crf.language import Words
from registry.derivations import sos_criteria, sos_severity
from registry.models import Cytogenetics, SosVod

_SIGNS: Final = {True: "yes", False: "no", None: "unknown"}


@dataclass(frozen=True)
class Panel:
    name: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Criteria:
    """One published set of criteria, as the items meet it."""

    name: Words
    verdict: Words
    sign: str
    kind: Words
    why: Words


def panels(record: Any, records: PatientRecords | None) -> dict[str, Panel]:
    """By the question beneath which each stands."""
    makers = _PANELS.get(record.form, {}) if records else {}
    return {
        name: Panel(name, f"components/panels/{template}.html", make(record, records))
        for name, (template, make) in makers.items()
    }


def _karyotype(record: Cytogenetics, records: PatientRecords) -> dict[str, Any]:
    text = str(record.iscn or "")
    read = karyotype.parse(text, bcr_abl1_positive=record.bcr_abl1 == "1")
    before, token, after = text.partition(read.token) if read.token else (text, "", "")
    classes = Cytogenetics._meta.get_field("lab_class").crf.choices  # type: ignore[union-attr]
    return {
        "text": text,
        "read": read,
        "class": classes.get(str(read.karyotype_class), ""),
        "before": before,
        "token": token,
        "after": after,
    }


def _criteria(record: SosVod, records: PatientRecords) -> dict[str, Any]:
    labels = SosVod._meta.get_field("criteria").crf.choices  # type: ignore[union-attr]
    assessed = sos_criteria.assess(records.answers)
    return {
        "sets": [
            Criteria(labels[code], each.verdict, _SIGNS[each.is_met], sos_criteria.KINDS.get(each.kind, ""), each.why)
            for code, each in assessed.items()
        ]
    }


def _severity(record: SosVod, records: PatientRecords) -> dict[str, Any]:
    severity = sos_severity.severity(records.answers)
    return {
        "severity": severity,
        "name": sos_severity.NAMES.get(severity.grade or 0, ""),
        "items": [(item.words, sos_severity.NAMES.get(item.grade or 0, "–")) for item in severity.items],
        "present": [factor.words for factor in severity.risk_factors if factor.holds],
        "unknown": [factor.words for factor in severity.risk_factors if factor.holds is None],
    }


_PANELS: Final[dict[str, dict[str, tuple[str, Callable[[Any, PatientRecords], dict[str, Any]]]]]] = {
    "cytogenetics": {"iscn": ("karyotype", _karyotype)},
    "sos_vod": {"other_cause_excluded": ("sos_criteria", _criteria), "mod_organs": ("sos_severity", _severity)},
}
