"""Which published criteria of SOS/VOD the items meet (D32; definitions 3.1), and why.

Bilirubin is compared in the unit in which it was entered. What was not done is no evidence; what is not known leaves a
set not assessable, unless the other items decide.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from registry.crf import units
from registry.crf.language import Message, Words
from registry.derivations.patient import Patient, Record
from registry.derivations.statement import Statement, all_of, any_of, at_least, conjunction, disjunction, fact
from registry.derivations.transplant import LAST_CLASSICAL_DAY, hct_to_sos, sos_onset

LAST_DAY_OF_SEATTLE: Final = 20
LAST_DAY_OF_BALTIMORE: Final = 21
HVPG_OF_PROOF: Final = 10  # mmHg
VERDICTS: Final[Mapping[bool | None, Words]] = {
    True: pgettext_lazy("criteria", "met"),
    False: pgettext_lazy("criteria", "not met"),
    None: pgettext_lazy("criteria", "not assessable"),
}
# As codes: pages translate them.
KINDS: Final[Mapping[str, Words]] = {
    "classical": _("classical"),
    "late onset": _("late onset"),
    "probable": _("probable"),
    "clinical": _("clinical"),
    "proven": _("proven"),
}
NOT_DONE: Final = ("ND", "NA")  # reasons that say that there is no result to wait for


@dataclass(frozen=True)
class Assessment:
    """Whether one set of criteria is met, as what kind of SOS/VOD, and why. None: not assessable."""

    is_met: bool | None
    kind: str  # classical, late onset, probable, clinical or proven; empty where the set knows no kinds
    why: Words

    @property
    def verdict(self) -> Words:
        return VERDICTS[self.is_met]


def assess(patient: Patient) -> Mapping[str, Assessment]:
    """The four published sets by their code. The clinical diagnosis of INO-VATE is kept as ticked and not computed."""
    return {
        "seattle": _assessment(_seattle(patient)),
        "baltimore": _assessment(_baltimore(patient)),
        "ebmt2016": _ebmt_2016(patient),
        "ebmt2023": _ebmt_2023(patient),
    }


def histology(patient: Patient) -> Assessment:
    """The tick "histology" among the criteria: the biopsy that proves it."""
    return _assessment(_biopsy(patient.one("sos_vod")))


def _assessment(statement: Statement, kind: str = "") -> Assessment:
    return Assessment(statement.holds, kind if statement.holds else "", statement.words)


def _seattle(patient: Patient) -> Statement:
    sos = patient.one("sos_vod")
    signs = at_least(2, _bilirubin(sos, strictly=True), _hepatomegaly_or_pain(sos), _weight(sos, 2))
    return all_of(_other_causes_excluded(sos), _until(patient, LAST_DAY_OF_SEATTLE), signs)


def _baltimore(patient: Patient) -> Statement:
    sos = patient.one("sos_vod")
    # Jones accepts hepatomegaly without pain; EBMT does not.
    signs = at_least(2, _yes(sos, "hepatomegaly", _("hepatomegaly")), _ascites(sos), _weight(sos, 5))
    return all_of(_other_causes_excluded(sos), _until(patient, LAST_DAY_OF_BALTIMORE), _bilirubin(sos), signs)


def _clinical_picture(sos: Record) -> Statement:
    return all_of(_bilirubin(sos), at_least(2, _painful_hepatomegaly(sos), _weight(sos, 5), _ascites(sos)))


def _ebmt_2016(patient: Patient) -> Assessment:
    """Classical until day 21; later the same picture, or histology, or two signs with imaging or pressure."""
    sos = patient.one("sos_vod")
    two_signs = at_least(2, _bilirubin(sos), _painful_hepatomegaly(sos), _weight(sos, 5), _ascites(sos))
    evidence = any_of(_suggestive(sos, "doppler", _("ultrasound")), _pressure(sos))
    late = all_of(_late(patient), any_of(_biopsy(sos), all_of(two_signs, evidence)))
    statement = all_of(_other_causes_excluded(sos), any_of(_clinical_picture(sos), late))
    return _assessment(statement, sos_onset(patient) or "")


def _ebmt_2023(patient: Patient) -> Assessment:
    """The highest class that applies: proven, clinical, probable."""
    sos = patient.one("sos_vod")
    imaging = any_of(_suggestive(sos, "doppler", _("ultrasound")), _suggestive(sos, "elastography", _("elastography")))
    signs = _bilirubin(sos), _painful_hepatomegaly(sos), _weight(sos, 5), _ascites(sos), imaging
    classes = {
        "proven": any_of(_biopsy(sos), _pressure(sos)),
        "clinical": _clinical_picture(sos),
        "probable": at_least(2, *signs),
    }
    for kind, statement in classes.items():
        decided = all_of(_other_causes_excluded(sos), statement)
        if decided.holds:
            return _assessment(decided, kind)
    # The clinical picture has two of the signs of the probable class: it says nothing more.
    return _assessment(all_of(_other_causes_excluded(sos), any_of(classes["proven"], classes["probable"])))


def _other_causes_excluded(sos: Record) -> Statement:
    return fact(
        sos.yes("other_cause_excluded"),
        _("other causes are excluded"),
        _("other causes are not excluded"),
        _("whether other causes are excluded is not known"),
    )


def _until(patient: Patient, last: int) -> Statement:
    day = hct_to_sos(patient)
    holds = None if day is None else day <= last
    within = Message("day {day} is within day {last}", day=day, last=last)
    return fact(holds, within, _after(day, last), _("the day is not known"))


def _late(patient: Patient) -> Statement:
    day, last = hct_to_sos(patient), LAST_CLASSICAL_DAY
    holds = None if day is None else day > last
    not_after = Message("day {day} is not after day {last}", day=day, last=last)
    return fact(holds, _after(day, last), not_after, _("the day is not known"))


def _after(day: int | None, last: int) -> Message:
    return Message("day {day} is after day {last}", day=day, last=last)


def _bilirubin(sos: Record, *, strictly: bool = False) -> Statement:
    """2 mg/dL or 34 umol/L, reached or, `strictly`, exceeded."""
    value, unit = sos.decimal("bili_dx"), sos.code("bili_unit")
    if value is None or unit is None:
        return Statement(None, _("bilirubin at diagnosis is not known"))
    limit, name = units.bilirubin_limit(2, unit), units.QUANTITIES["bili"].units[unit].label
    return _measured(Message("bilirubin {value} {unit}", value=value, unit=name), value, limit, strictly=strictly)


def _weight(sos: Record, percent: int) -> Statement:
    gain = sos.decimal("weight_gain")
    holds = None if gain is None else gain > percent
    above = Message("weight gain of {gain} % is above {percent} %", gain=gain, percent=percent)
    not_above = Message("weight gain of {gain} % is not above {percent} %", gain=gain, percent=percent)
    return fact(holds, above, not_above, _("weight gain is not known"))


def _painful_hepatomegaly(sos: Record) -> Statement:
    holds = conjunction((sos.yes("hepatomegaly"), sos.yes("ruq_pain")))
    return fact(
        holds,
        _("painful hepatomegaly"),
        _("no painful hepatomegaly"),
        _("whether there was painful hepatomegaly is not known"),
    )


def _hepatomegaly_or_pain(sos: Record) -> Statement:
    holds = disjunction((sos.yes("hepatomegaly"), sos.yes("ruq_pain")))
    return fact(
        holds,
        _("hepatomegaly or right upper quadrant pain"),
        _("neither hepatomegaly nor right upper quadrant pain"),
        _("whether there was hepatomegaly or right upper quadrant pain is not known"),
    )


def _ascites(sos: Record) -> Statement:
    return _yes(sos, "ascites", _("ascites"))


def _yes(sos: Record, field: str, name: Words) -> Statement:
    unknown = Message("whether there was {sign} is not known", sign=name)
    return fact(sos.yes(field), name, Message("no {sign}", sign=name), unknown)


def _suggestive(sos: Record, field: str, name: Words) -> Statement:
    result = sos.code(field)
    holds = None if result is None and sos.reason(field) not in NOT_DONE else result == "pos"
    return fact(
        holds,
        Message("{examination} suggestive", examination=name),
        Message("{examination} not suggestive or not done", examination=name),
        Message("{examination} is not known", examination=name),
    )


def _biopsy(sos: Record) -> Statement:
    result = sos.code("biopsy")
    holds = None if result is None else result == "pos"
    return fact(holds, _("proven by biopsy"), _("not proven by biopsy"), _("biopsy is not known"))


def _pressure(sos: Record) -> Statement:
    """The gradient is measured in few: an empty answer is no measurement."""
    value = sos.decimal("hvpg")
    if value is None:
        is_awaited = sos.reason("hvpg") not in (None, *NOT_DONE)
        return Statement(None, _("HVPG is not known")) if is_awaited else Statement(False, _("HVPG not measured"))
    return _measured(Message("HVPG {value} mmHg", value=value), value, Decimal(HVPG_OF_PROOF))


def _measured(value_in_words: Message, value: Decimal, limit: Decimal, *, strictly: bool = False) -> Statement:
    """Is the limit reached or, `strictly`, exceeded?"""
    found = {"value": value_in_words, "limit": limit}
    if strictly:
        return fact(
            value > limit,
            Message("{value} is above {limit}", **found),
            Message("{value} is not above {limit}", **found),
            "",
        )
    return fact(
        value >= limit, Message("{value} reaches {limit}", **found), Message("{value} is below {limit}", **found), ""
    )
