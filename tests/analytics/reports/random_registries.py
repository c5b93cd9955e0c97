"""Analysis data sets of registries that never were: ties, missing cells, rare categories, one CSV file a seed."""

import csv
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

CUT_OFF = date(2023, 6, 30)
RESPONSES = ("cr", "cri", "pr", "rd", "pd")
CAUSES_IN_REMISSION = ("covid", "gvhd", "mof", "sepsis", "other")
MISSING = 0.06
TIMES = ("ino_last_to_hct", "ino_first_to_hct", "os_days", "os_event", "os_hct_days", "ci_days", "ci_status")
DATES = ("entry_date", "last_contact_date", "cutoff_date")
ALWAYS_KNOWN = {"patient_id", *TIMES, *DATES}
DOSES = (1, 2, 3, 4, 5, 6, 7, 9, 12, 15, 18)
DOSES_SHARE = (0.05, 0.1, 0.2, 0.1, 0.1, 0.2, 0.06, 0.09, 0.06, 0.03, 0.01)


def write(path: Path, *, seed: int, n: int) -> None:
    draw = np.random.default_rng(seed)
    rows = [_patient(draw, number) for number in range(1, n + 1)]
    for row in rows:
        for column in [column for column in row if column not in ALWAYS_KNOWN]:
            if draw.random() < MISSING:
                row[column] = ""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def _patient(draw: np.random.Generator, number: int) -> dict[str, Any]:
    before = _before_hct(draw)
    after = _after_hct(draw, before)
    return {
        "patient_id": f"{before['centre_no']:02d}-{number:03d}",
        **before,
        **after,
        **_optional(draw, before, after),
    }


def _before_hct(draw: np.random.Generator) -> dict[str, Any]:
    cycles = int(draw.choice(DOSES, p=DOSES_SHARE)) / 3
    best = draw.choice(RESPONSES, p=[0.5, 0.25, 0.1, 0.12, 0.03])
    responder = int(best in ("cr", "cri"))
    at_hct = draw.choice(["cr", "pr", "rd", "rel"], p=[0.92, 0.0, 0.0, 0.08] if responder else [0.25, 0.4, 0.35, 0.0])
    in_remission = int(at_hct == "cr" or (at_hct == "rel" and draw.random() < 0.7))
    donor = draw.choice(["mrel", "mud", "haplo_cb", "other"], p=[0.2, 0.36, 0.4, 0.04])
    to_hct = int(draw.choice([draw.integers(14, 90), 50, 60, draw.integers(90, 380)], p=[0.7, 0.1, 0.1, 0.1]))
    return {
        "centre_no": int(draw.integers(1, 12)),
        "age": int(draw.integers(16, 72)),
        "sex": draw.choice(["F", "M"], p=[0.4, 0.6]),
        "ecog": int(draw.choice(5, p=[0.55, 0.3, 0.1, 0.04, 0.01])),
        "wbc": round(float(draw.lognormal(1.8, 1.2)), 1),
        "plt": int(draw.integers(5, 400)),
        "hb": round(float(draw.normal(11, 2)), 1),
        "ldh": int(draw.lognormal(5.9, 0.7)),
        "bm_blasts": int(draw.integers(0, 100)),
        "cyto_class": draw.choice(["normal", "t922", "complex", "other"], p=[0.35, 0.33, 0.28, 0.04]),
        "ph_positive": int(draw.random() < 0.35),
        "emd": int(draw.random() < 0.2),
        "blina_before": int(draw.random() < 0.4),
        "allo_first_line": int(draw.random() < 0.2),
        "heavily_pretreated": int(draw.random() < 0.8),
        "ino_cycles": f"{cycles:.2f}",
        "ino_gt2": int(cycles > 2),
        "resp_c1": draw.choice(["cr", "pr", "rd", "pd"], p=[0.7, 0.12, 0.15, 0.03]),
        "best_resp_ino": best,
        "ino_responder": responder,
        "resp_before_hct": at_hct,
        "cr_at_hct": in_remission,
        "mrd_pre_hct": draw.choice(["neg", "pos", "dnq"], p=[0.6, 0.35, 0.05]) if at_hct == "cr" else "",
        "mac": int(draw.random() < 0.45),
        "dual_alkylators": int(draw.random() < 0.3),
        "donor3": donor,
        "donor_matched": int(donor in ("mrel", "mud")),
        "ino_last_to_hct": to_hct,
        "ino_first_to_hct": to_hct + int(np.ceil(cycles)) * 21 - int(draw.integers(5, 14)),
    }


def _after_hct(draw: np.random.Generator, before: dict[str, Any]) -> dict[str, Any]:
    sos = int(draw.random() < 0.2 + 0.2 * before["dual_alkylators"] + 0.15 * before["allo_first_line"])
    grade = int(draw.choice([1, 2, 3, 4, 5], p=[0.12, 0.15, 0.2, 0.2, 0.33])) if sos else ""
    fatal = int(grade == 5)
    onset = int(draw.integers(3, 45)) if sos else None
    log_hazard = 0.5 * before["blina_before"] - 0.4 * (before["resp_before_hct"] == "cr") + 0.01 * (before["age"] - 40)
    # Weeks, as outpatient visits come: many patients share a day.
    weeks = 1 + int(min(draw.exponential(1100 / np.exp(log_hazard)), draw.uniform(60, 2200)) // 7)
    last = onset + int(draw.integers(1, 30)) if fatal else 7 * weeks
    died = fatal or int(draw.random() < 0.6)
    relapsed = int(not fatal and draw.random() < 0.38)
    relapse = int(draw.integers(1, last + 1)) if relapsed else ""
    start = int(draw.integers(14, 60)) if before["ino_responder"] else before["ino_first_to_hct"]
    start = min(start, before["ino_first_to_hct"])
    cause = ("relapse" if relapsed else "sos" if fatal else draw.choice(CAUSES_IN_REMISSION)) if died else ""
    return {
        "sos": sos,
        "sos_grade": grade,
        "sos_fatal": fatal if sos else "",
        "ino_last_to_sos": before["ino_last_to_hct"] + onset if sos else "",
        "hct_to_sos": onset if sos else "",
        "os_days": before["ino_first_to_hct"] + last,
        "os_event": int(died),
        "os_hct_days": last,
        "ci_days": before["ino_first_to_hct"] - start + (relapse if relapsed else last),
        "ci_status": 1 if relapsed else 2 * int(died),
        "maintenance": int(draw.random() < 0.15),
        "death_cause": cause,
        "response_day": start if before["ino_responder"] else "",
        "hct_to_relapse": relapse,
    }


def _optional(draw: np.random.Generator, before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    last_contact = CUT_OFF - timedelta(days=int(draw.integers(0, 300)))
    return {
        "cyto_class_rr": draw.choice(["normal", "t922", "complex", "other", ""], p=[0.2, 0.15, 0.1, 0.05, 0.5]),
        "cyto_class_patient": before["cyto_class"],
        "cd22_pos": int(draw.random() < 0.97),
        "ino_programme": draw.choice(["label", "cup"], p=[0.85, 0.15]),
        "dx_entity": draw.choice(["ball", "cml_lbc"], p=[0.95, 0.05]),
        "blina_context": draw.choice(["first", "mrd1", "primref", "relapse"]) if before["blina_before"] else "",
        "tki_with_ino": int(draw.random() < 0.05),
        "entry_date": last_contact - timedelta(days=int(after["os_days"])),
        "last_contact_date": last_contact,
        "cutoff_date": CUT_OFF,
    }
