"""The pages that are measured, by role. Most of them show lists over all 5,000 patients."""

from registry.access.context import scope, system
from registry.models import Patient, Query
from registry.models.form_kinds import KINDS
from registry.web.board.addresses import forms_address, patients_address
from registry.web.queries.filters import list_of

MONITOR = {
    "Patients": patients_address(),
    "Patients, last page": patients_address(page=100),
    **{f"Patients with a form that is {kind}": patients_address(kind=kind) for kind in ("due", "overdue", "signed")},
    "Patients with a query open for 30 days": patients_address(queries="open-30"),
    "Patients without open query": patients_address(queries="none"),
    "Patients with an old last contact": patients_address(contact=400),
    "Patients, four filters": patients_address(centre=3, kind="overdue", queries="open", contact=400),
    "Status board": "/board/",
    **{f"Forms: {kind}": forms_address(kind=kind) for kind in KINDS},
    "Forms: complete, page 900": forms_address(kind="complete", page=900),
    "States by centre and form": "/states/",
    "Queries": list_of(),
    "Queries, all, page 20": list_of(state="all", page=20),
    "Queries of a check": list_of(state="all", check="C20", age=30),
    "Queries by rule and centre": "/queries/metrics/",
    "Checks": "/checks/",
    "History of the registry": "/history/",
    "History of one item": "/history/?field=hct.hct_date",
    "History of one centre": "/history/?centre=3&kind=state",
    "Codebook": "/codebook/",
}


def addresses_of_data_manager(centre: int) -> dict[str, str]:
    """Also pages of one patient and of one query, which do not grow with the registry."""
    with scope(system("benchmark", read="all")):
        patient = f"/patients/{Patient.objects.filter(centre=centre).latest('number').public_id}/"
        query = Query.objects.filter(centre=centre).latest("pk").public_id
    return {
        "Patients": patients_address(),
        "Patients with an overdue form": patients_address(kind="overdue"),
        "Status board": "/board/",
        "Forms: due": forms_address(kind="due"),
        "Queries": list_of(),
        "One query": f"/queries/{query}/",
        "Patient page": patient,
        "History of a patient": f"{patient}history/",
        "Form: baseline": f"{patient}baseline/",
        "Form: SOS/VOD": f"{patient}sos_vod/",
        "Form: new INO cycle": f"{patient}ino_cycle/new/",
    }
