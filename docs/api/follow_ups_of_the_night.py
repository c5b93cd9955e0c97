"""Enters the visits of a CSV, and corrects those that are there.

Its columns are patient_number, visit_date, alive, disease, mrd_done and lost.

Run it each night: what was entered before is not entered again, what is the same is left alone. Needs only Python.
"""

import csv
import json
import sys
import time
from os import environ
from urllib.error import HTTPError
from urllib.request import Request, urlopen

YES_NO = {"1": True, "0": False}


def ask(method, path, body=None, **headers):
    """The answer with its ETag. What is refused is an HTTPError; it is sent again while the registry says to wait."""
    headers |= {"Authorization": f"Bearer {environ['REGISTRY_TOKEN']}", "Content-Type": "application/json"}
    content = None if body is None else json.dumps(body).encode()
    while True:
        try:
            answer = urlopen(Request(f"{environ['REGISTRY_URL']}/api/v1/{path}", content, headers, method=method))
            return json.load(answer), answer.headers["ETag"]
        except HTTPError as refused:  # 429, or 409 while an import holds the record
            if "Retry-After" not in refused.headers:
                raise
            time.sleep(int(refused.headers["Retry-After"]))


def enter(row):
    number, date = row["patient_number"], row["visit_date"]
    values = {"visit_date": date, "disease": row["disease"] or None}
    values |= {name: YES_NO[row[name]] for name in ("alive", "mrd_done", "lost")}
    visits = ask("GET", f"forms/follow_up/?patient_number={number}")[0]["results"]
    known = next((visit for visit in visits if visit["values"]["visit_date"] == date), None)
    if known is None:
        patient = ask("GET", f"patients/?patient_number={number}")[0]["results"][0]["id"]
        body = {"patient": patient, "values": values, "complete": True}
        return "entered", ask("POST", "forms/follow_up/", body, **{"Idempotency-Key": f"visit-{number}-{date}"})
    if values.items() <= known["values"].items():
        return "as it was", None
    address = f"forms/follow_up/{known['id']}/"
    _visit, etag = ask("GET", address)  # 412 from now on: a person saved it meanwhile, and tomorrow is another night
    body = {"values": values, "complete": True, "reason": "hospital information system"}
    return "corrected", ask("PATCH", address, body, **{"If-Match": etag})


with open(sys.argv[1], encoding="utf-8", newline="") as visits:
    for row in csv.DictReader(visits):
        try:
            outcome = enter(row)[0]
        except HTTPError as refused:
            problem = json.load(refused)
            faults = [f"{error['field']} {error['check_id']}: {error['message']}" for error in problem["errors"]]
            outcome = f"refused ({refused.code}): {problem['detail']} {' '.join(faults)}"
        except IndexError:
            outcome = "no such patient at this centre"
        print(row["patient_number"], row["visit_date"], outcome)
