"""Which published criteria of SOS/VOD the items meet (D32; definitions 3.1), and why.

Bilirubin is compared in the unit in which it was entered. What was not done is no evidence; what is not known leaves a
set not assessable, unless the other items decide.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from registry.crf import units
from registry.derivations.patient import Patient, Record
from registry.derivations.statement import Statement, all_of, any_of, at_least, conjunction, disjunction, fact
from registry.derivations.transplant import LAST_CLASSICAL_DAY, hct_to_sos, sos_onset

LAST_DAY_OF_SEATTLE: Final = 20
LAST_DAY_OF_BALTIMORE: Final = 21
HVPG_OF_PROOF: Final = 10  # mmHg
NOT_DONE: Final = ("ND", "NA")  # reasons that say that there is no result to wait for


@dataclass(frozen=True)
class Assessment:
    """Whether one set of criteria is met, as what kind of SOS/VOD, and why. None: not assessable."""

    is_met: bool | None
    kind: str  # classical, late onset, probable, clinical or proven; empty where the set knows no kinds
    why: str

    @property
    def verdict(self) -> str:
        return {True: "met", False: "not met", None: "not assessable"}[self.is_met]


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
    signs = at_least(2, _yes(sos, "hepatomegaly", "hepatomegaly"), _ascites(sos), _weight(sos, 5))
    return all_of(_other_causes_excluded(sos), _until(patient, LAST_DAY_OF_BALTIMORE), _bilirubin(sos), signs)


def _clinical_picture(sos: Record) -> Statement:
    return all_of(_bilirubin(sos), at_least(2, _painful_hepatomegaly(sos), _weight(sos, 5), _ascites(sos)))


def _ebmt_2016(patient: Patient) -> Assessment:
    """Classical until day 21; later the same picture, or histology, or two signs with imaging or pressure."""
    sos = patient.one("sos_vod")
    two_signs = at_least(2, _bilirubin(sos), _painful_hepatomegaly(sos), _weight(sos, 5), _ascites(sos))
    evidence = any_of(_suggestive(sos, "doppler", "ultrasound"), _pressure(sos))
    late = all_of(_late(patient), any_of(_biopsy(sos), all_of(two_signs, evidence)))
    statement = all_of(_other_causes_excluded(sos), any_of(_clinical_picture(sos), late))
    return _assessment(statement, sos_onset(patient) or "")


def _ebmt_2023(patient: Patient) -> Assessment:
    """The highest class that applies: proven, clinical, probable."""
    sos = patient.one("sos_vod")
    imaging = any_of(_suggestive(sos, "doppler", "ultrasound"), _suggestive(sos, "elastography", "elastography"))
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
        "other causes are excluded",
        "other causes are not excluded",
        "whether other causes are excluded is not known",
    )


def _until(patient: Patient, last: int) -> Statement:
    day = hct_to_sos(patient)
    holds = None if day is None else day <= last
    return fact(holds, f"day {day} is within day {last}", f"day {day} is after day {last}", "the day is not known")


def _late(patient: Patient) -> Statement:
    day, last = hct_to_sos(patient), LAST_CLASSICAL_DAY
    holds = None if day is None else day > last
    return fact(holds, f"day {day} is after day {last}", f"day {day} is not after day {last}", "the day is not known")


def _bilirubin(sos: Record, *, strictly: bool = False) -> Statement:
    """2 mg/dL or 34 umol/L, reached or, `strictly`, exceeded."""
    value, unit = sos.decimal("bili_dx"), sos.code("bili_unit")
    if value is None or unit is None:
        return Statement(None, "bilirubin at diagnosis is not known")
    limit, name = units.bilirubin_limit(2, unit), units.QUANTITIES["bili"].units[unit].label
    words = f"bilirubin {value} {name}"
    if strictly:
        return fact(value > limit, f"{words} is above {limit}", f"{words} is not above {limit}", "")
    return fact(value >= limit, f"{words} reaches {limit}", f"{words} is below {limit}", "")


def _weight(sos: Record, percent: int) -> Statement:
    gain = sos.decimal("weight_gain")
    holds = None if gain is None else gain > percent
    words = f"weight gain of {gain} %"
    return fact(holds, f"{words} is above {percent} %", f"{words} is not above {percent} %", "weight gain is not known")


def _painful_hepatomegaly(sos: Record) -> Statement:
    holds = conjunction((sos.yes("hepatomegaly"), sos.yes("ruq_pain")))
    return fact(
        holds, "painful hepatomegaly", "no painful hepatomegaly", "whether there was painful hepatomegaly is not known"
    )


def _hepatomegaly_or_pain(sos: Record) -> Statement:
    holds = disjunction((sos.yes("hepatomegaly"), sos.yes("ruq_pain")))
    return fact(
        holds,
        "hepatomegaly or right upper quadrant pain",
        "neither hepatomegaly nor right upper quadrant pain",
        "whether there was hepatomegaly or right upper quadrant pain is not known",
    )


def _ascites(sos: Record) -> Statement:
    return _yes(sos, "ascites", "ascites")


def _yes(sos: Record, field: str, name: str) -> Statement:
    return fact(sos.yes(field), name, f"no {name}", f"whether there was {name} is not known")


def _suggestive(sos: Record, field: str, name: str) -> Statement:
    result = sos.code(field)
    holds = None if result is None and sos.reason(field) not in NOT_DONE else result == "pos"
    return fact(holds, f"{name} suggestive", f"{name} not suggestive or not done", f"{name} is not known")


def _biopsy(sos: Record) -> Statement:
    result = sos.code("biopsy")
    holds = None if result is None else result == "pos"
    return fact(holds, "proven by biopsy", "not proven by biopsy", "biopsy is not known")


def _pressure(sos: Record) -> Statement:
    """The gradient is measured in few: an empty answer is no measurement."""
    value = sos.decimal("hvpg")
    if value is None:
        is_awaited = sos.reason("hvpg") not in (None, *NOT_DONE)
        return Statement(None, "HVPG is not known") if is_awaited else Statement(False, "HVPG not measured")
    words = f"HVPG {value} mmHg"
    return fact(value >= HVPG_OF_PROOF, f"{words} reaches {HVPG_OF_PROOF}", f"{words} is below {HVPG_OF_PROOF}", "")
