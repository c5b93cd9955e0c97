"""A made analysis data set in the agreed columns: ties, heavy censoring, rare exposures, empty cells; by its seed."""

import csv
import io

import numpy as np

from analytics.cohort.columns import LISTED

NEVER_EMPTY = {column.name for column in LISTED if column.required} | {"patient_id"}


def draw(seed: int) -> str:
    """The text of a data set of 60 to 300 patients."""
    random = np.random.default_rng(seed)
    share_missing = float(random.choice([0, 0.05, 0.15]))
    rows = [_patient(random, number) for number in range(int(random.integers(60, 300)))]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(column.name for column in LISTED)
    for row in rows:
        writer.writerow(
            "" if name not in NEVER_EMPTY and random.random() < share_missing else row[name]
            for name in (column.name for column in LISTED)
        )
    return out.getvalue()


def _patient(random: np.random.Generator, number: int) -> dict[str, object]:
    """Times in whole days, many of them in whole months, so that they tie."""
    cycles = int(random.choice([1, 2, 2, 2, 3, 5]))
    to_hct, on_ino = int(random.choice([15, 35, 50, 60, 90, 200])), 21 * cycles
    responded, dual = random.random() < 0.8, random.random() < 0.35
    before_hct = str(random.choice(["cr", "cr", "cr", "rel"] if responded else ["cr", "pr", "rd"]))
    unit = int(random.choice([1, 30]))
    followed = unit * int(random.integers(1, 1 + 1500 // unit))
    dead = random.random() < (0.65 if dual else 0.5)
    status = str(random.choice([1, 2])) if dead else str(random.choice([0, 0, 0, 1]))
    to_first_event = followed if status != "1" else int(random.integers(1, followed + 1))
    sos = random.random() < (0.4 if dual else 0.2)
    sos_day = int(random.integers(3, 45))
    donor = str(random.choice(["mrel", "mud", "haplo_cb", "other"], p=[0.25, 0.4, 0.3, 0.05]))
    ph_positive = random.random() < 0.35
    return {
        "patient_id": f"{1 + number % 7:02d}-{number:03d}",
        "centre_no": 1 + number % 7,
        "age": int(random.integers(16, 75)),
        "sex": str(random.choice(["F", "M"])),
        "ecog": str(random.choice([0, 1, 2, 3], p=[0.5, 0.35, 0.12, 0.03])),
        "wbc": f"{random.lognormal(1.7, 1):.1f}",
        "plt": f"{random.lognormal(4, 0.9):.0f}",
        "hb": f"{random.normal(10.5, 2):.1f}",
        "ldh": f"{random.lognormal(5.8, 0.6):.2f}",
        "bm_blasts": int(random.integers(0, 99)),
        "cyto_class": "t922" if ph_positive else str(random.choice(["normal", "complex", "other"])),
        "ph_positive": int(ph_positive),
        "emd": int(random.random() < 0.2),
        "blina_before": int(random.random() < 0.4),
        "allo_first_line": int(random.random() < 0.2),
        "heavily_pretreated": int(random.random() < 0.8),
        "ino_cycles": cycles,
        "ino_gt2": int(cycles > 2),
        "resp_c1": str(random.choice(["cr", "pr", "rd", "pd"])),
        "best_resp_ino": str(random.choice(["cr", "cri"] if responded else ["pr", "rd", "pd"])),
        "ino_responder": int(responded),
        "resp_before_hct": before_hct,
        "cr_at_hct": int(before_hct in ("cr", "rel")),
        "mrd_pre_hct": str(random.choice(["neg", "neg", "pos", "dnq"])) if before_hct == "cr" else "",
        "mac": int(random.random() < 0.45),
        "dual_alkylators": int(dual),
        "donor3": donor,
        "donor_matched": int(donor in ("mrel", "mud")),
        "ino_last_to_hct": to_hct,
        "ino_first_to_hct": on_ino + to_hct,
        "sos": int(sos),
        "sos_grade": str(random.integers(1, 6)) if sos else "",
        "sos_fatal": int(sos and random.random() < 0.4),
        "ino_last_to_sos": to_hct + sos_day if sos else "",
        "hct_to_sos": sos_day if sos else "",
        "os_days": on_ino + to_hct + followed,
        "os_event": int(dead),
        "os_hct_days": followed,
        "ci_days": to_first_event + (to_hct if responded else 0),
        "ci_status": status,
        "maintenance": int(random.random() < 0.15),
        "death_cause": str(random.choice(["relapse", "sos", "gvhd", "mof", "sepsis", "other"])) if dead else "",
    }
