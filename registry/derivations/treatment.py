"""Treatment before INO and INO itself: D09 to D11, D13 to D16."""

from datetime import date
from decimal import Decimal

from registry.derivations.patient import Patient, Record

DOSES_OF_A_CYCLE = 3
HUNDREDTH = Decimal("0.01")


def heavily_pretreated(patient: Patient) -> bool | None:
    """D09: intensive chemotherapy in any line but the treatment of an antecedent CML. None if no line is recorded."""
    lines = patient.all("prior_treatment")
    if not lines:
        return None
    return any(line.code("setting") != "antecedent" and "chemo_int" in line.codes("modalities") for line in lines)


def _with_blinatumomab(patient: Patient) -> list[Record]:
    return [line for line in patient.all("prior_treatment") if "blina" in line.codes("modalities")]


def blinatumomab_before_ino(patient: Patient) -> bool | None:
    """D10: blinatumomab in any line. None if no line is recorded."""
    return bool(_with_blinatumomab(patient)) if patient.all("prior_treatment") else None


def blinatumomab_context(patient: Patient) -> str | None:
    """D10: setting of the first line with blinatumomab."""
    lines = _with_blinatumomab(patient)
    return lines[0].code("setting") if lines else None


def allo_first_line(patient: Patient) -> bool | None:
    """D11: allogeneic HCT in first-line therapy or directed at MRD after it. None if no line is recorded."""
    lines = patient.all("prior_treatment")
    if not lines:
        return None
    return any(line.code("setting") in ("first", "mrd1") and "allohct" in line.codes("modalities") for line in lines)


def dose_dates(patient: Patient) -> list[date]:
    """Dates of the INO doses given, in order: day 1 always, days 8 and 15 unless omitted."""
    dates = []
    for cycle in patient.all("ino_cycle"):
        dates.append(cycle.date("d1_date"))
        dates += [cycle.date(f"{day}_date") for day in ("d8", "d15") if cycle.yes(f"{day}_given")]
    return sorted(given for given in dates if given is not None)


def first_dose(patient: Patient) -> date | None:
    """D13: the earliest INO dose."""
    return min(dose_dates(patient), default=None)


def last_dose(patient: Patient) -> date | None:
    """D13: the latest INO dose given."""
    return max(dose_dates(patient), default=None)


def ino_doses(patient: Patient) -> int:
    """D14: number of doses given."""
    return len(dose_dates(patient))


def ino_cycles(patient: Patient) -> Decimal | None:
    """D15: doses divided by three, two decimals; five doses are 1.67 cycles. None before the first dose."""
    doses = ino_doses(patient)
    return (Decimal(doses) / DOSES_OF_A_CYCLE).quantize(HUNDREDTH) if doses else None


def more_than_two_cycles(patient: Patient) -> bool | None:
    """D16: D15 above two."""
    doses = ino_doses(patient)
    return doses > 2 * DOSES_OF_A_CYCLE if doses else None


def tki_with_ino(patient: Patient) -> bool | None:
    """A TKI given together with INO in any cycle; None if no cycle says what was given with it."""
    answered = [given for cycle in patient.all("ino_cycle") if (given := cycle.codes("concomitant"))]
    return any("tki" in given for given in answered) if answered else None
