"""Reads the patients of the token's centre and enters a visit of the first. Needs nothing but Python."""

import json
from os import environ
from urllib.request import Request, urlopen


def ask(path, body=None, **headers):
    headers |= {"Authorization": f"Bearer {environ['REGISTRY_TOKEN']}", "Content-Type": "application/json"}
    content = json.dumps(body).encode() if body else None
    return json.load(urlopen(Request(f"{environ['REGISTRY_URL']}/api/v1/{path}", content, headers)))


patient = ask("patients/?order=patient_number")["results"][0]
visit = {"patient": patient["id"], "values": {"visit_date": "2023-05-14", "alive": True, "lost": False}}
saved = ask("forms/follow_up/", visit, **{"Idempotency-Key": f"visit-{patient['patient_number']}-2023-05-14"})
print(patient["patient_number"], saved["values"]["visit_date"], saved["state"])
