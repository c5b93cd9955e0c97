"""Treatment before INO and INO itself: D09 to D16."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from registry.crf.language import Message
from registry.derivations.patient import Patient, Record

DOSES_OF_A_CYCLE = 3
HUNDREDTH = Decimal("0.01")


def heavily_pretreated(patient: Patient) -> bool | None:
    """D09: intensive chemotherapy in any line but the treatment of an antecedent CML. None if no line is recorded."""
    lines = patient.all("prior_treatment")
    if not lines:
        return None
    return any(line.code("setting") != "antecedent" and "chemo_int" in line.codes("modalities") for line in lines)


def relapses_before_ino(patient: Patient) -> int | None:
    """D12: lines followed by a relapse, those of an antecedent CML left out. None where an answer is missing."""
    lines = [line for line in patient.all("prior_treatment") if line.code("setting") != "antecedent"]
    answers = [line.yes("relapsed_after") for line in lines]
    return None if None in answers else sum(answer is True for answer in answers)


def _with_blinatumomab(patient: Patient) -> list[Record]:
    return [line for line in patient.all("prior_treatment") if "blina" in line.codes("modalities")]


def blinatumomab_before_ino(patient: Patient) -> bool | None:
    """D10: blinatumomab in any line. None if no line is recorded."""
    return bool(_with_blinatumomab(patient)) if patient.all("prior_treatment") else None


def blinatumomab_context(patient: Patient) -> str | None:
    """D10: setting of the first line with blinatumomab."""
    lines = _with_blinatumomab(patient)
    return lines[0].code("setting") if lines else None


def blinatumomab_response(patient: Patient) -> str | None:
    """D10: best response to the first line with blinatumomab."""
    lines = _with_blinatumomab(patient)
    return lines[0].code("best_response") if lines else None


def allo_first_line(patient: Patient) -> bool | None:
    """D11: allogeneic HCT in first-line therapy or directed at MRD after it. None if no line is recorded."""
    lines = patient.all("prior_treatment")
    if not lines:
        return None
    return any(line.code("setting") in ("first", "mrd1") and "allohct" in line.codes("modalities") for line in lines)


@dataclass(frozen=True)
class Dose:
    """One dose of INO that was given."""

    cycle: Record
    day: int
    date: date

    @property
    def field(self) -> str:
        """Where its date is entered."""
        return f"d{self.day}_date"

    @property
    def words(self) -> Message:
        number = self.cycle.instance_no
        return Message("cycle {cycle} day {day} ({date})", cycle=number, day=self.day, date=self.date)


def doses(patient: Patient) -> list[Dose]:
    """The doses given, day 1 always, days 8 and 15 unless omitted.

    In the order of cycles and days, which is that of their dates only once check C50 is met.
    """
    given = []
    for cycle in patient.all("ino_cycle"):
        for day in (1, 8, 15):
            when = cycle.date(f"d{day}_date") if day == 1 or cycle.yes(f"d{day}_given") else None
            given += [Dose(cycle, day, when)] if when else []
    return given


def first_dose(patient: Patient) -> date | None:
    """D13: the earliest day 1."""
    return min((dose.date for dose in doses(patient) if dose.day == 1), default=None)


def last_dose(patient: Patient) -> date | None:
    """D13: the latest INO dose given."""
    return max((dose.date for dose in doses(patient)), default=None)


def planned_dose(patient: Patient, day: int) -> Decimal | None:
    """D14: mg/m2 on a day of the first cycle."""
    first = next((cycle for cycle in patient.all("ino_cycle") if cycle.integer("cycle_no") == 1), None)
    return first.decimal(f"d{day}_dose") if first else None


def ino_doses(patient: Patient) -> int:
    """D14: number of doses given."""
    return len(doses(patient))


def ino_cycles(patient: Patient) -> Decimal | None:
    """D15: doses divided by three, two decimals; five doses are 1.67 cycles. None before the first dose."""
    given = ino_doses(patient)
    return (Decimal(given) / DOSES_OF_A_CYCLE).quantize(HUNDREDTH) if given else None


def more_than_two_cycles(patient: Patient) -> bool | None:
    """D16: D15 above two."""
    given = ino_doses(patient)
    return given > 2 * DOSES_OF_A_CYCLE if given else None


def tki_with_ino(patient: Patient) -> bool | None:
    """A TKI given together with INO in any cycle; None if no cycle says what was given with it."""
    answered = [given for cycle in patient.all("ino_cycle") if (given := cycle.codes("concomitant"))]
    return any("tki" in given for given in answered) if answered else None
