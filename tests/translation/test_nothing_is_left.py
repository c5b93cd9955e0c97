"""No page of the registry shows a word that is neither translated nor data."""

import re

import pytest
from django.test import Client
from django.utils.translation import trans_real

from analytics.live import compute, watch
from analytics.models import ReportDefinition
from analytics.reports import figures
from analytics.scheduling.definitions import save_definition
from registry.access.context import scope, system
from registry.actions.exports import Wish, begin_export
from registry.crf.fields import crf_fields
from registry.crf.missing import REASONS
from registry.crf.units import QUANTITIES
from registry.models import ALL_FORMS, AuditEntry, Centre, Patient, Query, User
from registry.transfer.exports.job import make
from tests.browser.every_page import PAGES, VISITOR
from tests.pages import log_in
from tests.registry.importing.arranged import bring_in_two_files
from tests.sealing import seal_everything
from tests.translation.brackets import Bracketed, bare_texts, outside

pytestmark = pytest.mark.slow

ASKED_OF_A_RECORD = {"sign": "sign", "verify": "verify", "raise": "queries/raise"}
# Names of products, files, languages and scores: the same in every language.
NAMES = {"INO", "CSV", "PDF", "csv", "xlsx", "English", "Italiano", "ISCN", *REASONS}


@pytest.fixture
def site(cohort_registry, monkeypatch):
    """Everybody reads the language in brackets. Returns the places that carry an id."""
    monkeypatch.setitem(trans_real._translations, "it", Bracketed("it"))
    seal_everything()
    monkeypatch.setattr(figures, "is_drawn", lambda entry: False)  # figures are in English and take time
    compute.carry_out(watch.queue().pk)
    with scope(system("login", read="all")):
        export = begin_export(Wish("csv", "deidentified"), by=User.objects.get(username="coordinator"))
    make(export)
    with scope(system("test", read="all")):
        for user in User.objects.all():
            User.objects.filter(pk=user.pk).update(language="it")
        patient = Patient.objects.get(number="03-001")
        address = f"/patients/{patient.public_id}/"
        cycle, karyotype = patient.inocycle_set.first(), patient.cytogenetics_set.first()
        query = Query.objects.filter(centre=3).first()
        by = User.objects.select_related("centre").get(username="datamanager-03")
    compared, columns = bring_in_two_files(by)
    with scope(system("test", read="all")):
        return {
            "compared": f"/import/{compared.public_id}/",
            "columns": f"/import/{columns.public_id}/",
            "patient": address,
            "cycle": f"{address}ino_cycle/{cycle.public_id}/",
            "karyotype": f"{address}cytogenetics/{karyotype.public_id}/",
            "query": f"/queries/{query.public_id}/",
            "schedule": f"/reports/schedules/{scheduled().public_id}/",
            "user": f"/users/{User.objects.get(username='datamanager-03').public_id}/",
            **{name: f"/{path}/?about={patient.public_id}/baseline/" for name, path in ASKED_OF_A_RECORD.items()},
            "deaths": "/outcomes/patients/?list=top.survival_median.events.0&n=1",
            "export": f"/exports/{export.public_id}/",
            "words": data(),
        }


def scheduled():
    coordinator = User.objects.get(username="coordinator")
    return save_definition(ReportDefinition(name="INO"), recipients=[coordinator], by=coordinator)


def data():
    """What a page shows of the registry's own content: names, cities, codes, units."""
    texts = [text for names in User.objects.values_list("username", "email") for text in names]
    texts += [str(centre) for centre in Centre.objects.all()]
    texts += [centre.city for centre in Centre.objects.all()]
    texts += [unit.label for quantity in QUANTITIES.values() for unit in quantity.units.values()]
    for model in ALL_FORMS:
        for field in crf_fields(model):
            texts += [field.crf.number, field.crf.unit, *field.crf.choices]
            texts += model.objects.values_list(field.name, flat=True) if field.crf.kind == "text" else []
    for typed in AuditEntry.objects.values_list("reason", "batch").distinct():
        texts += typed
    return NAMES | set(words_of(" ".join(map(str, texts))))


def words_of(text):
    return re.findall(r"[^\W\d_]{3,}", text)


def client_of(name):
    with scope(system("login", read="all")):
        return log_in(User.objects.get(username=name))


def unmarked(answer, allowed):
    return {text for text in bare_texts(answer.content.decode()) if set(words_of(text)) - allowed}


def opened(client, pages, site):
    found = {}
    for page in pages:
        address = page.format(**site)
        if texts := unmarked(client.get(address, HTTP_ACCEPT_LANGUAGE="it", follow=True), site["words"]):
            found[page] = texts
    return found


def test_every_page_is_translated(site):
    """The documents of reports are in English and say so; the demonstration has published none."""
    found = {}
    for username, pages in PAGES.items():
        of_no_report = [page for page in pages if "{report}" not in page and "{comparison}" not in page]
        found |= opened(client_of(username), of_no_report, site)
    assert found == {}


def test_the_pages_before_log_in_are_translated(site):
    assert opened(Client(), VISITOR, site) == {}


def test_what_is_said_about_wrong_input_is_translated(site):
    client = client_of("datamanager-03")
    typed = {"wbc": "six", "lab_date": "3/4/19", "bm_blasts": "140", "version": "0", "step": "complete"}
    new = client.post("/patients/new/", {"sex": "F", "age_rr": "40", "consent_basis": "written"} | {"step": "complete"})
    for step in ("complete", "draft"):
        answer = client.post(f"{new.url}baseline/", typed | {"step": step})
        assert answer.status_code == 422
        assert unmarked(answer, site["words"] | {"six"}) == set()
    kept = client.post(f"{new.url}baseline/keep/", typed)
    assert unmarked(kept, site["words"] | {"six"}) == set()
    saved = client.post(f"{new.url}eligibility/", {"cd22_pct": "90", "version": "0", "step": "complete"}, follow=True)
    assert unmarked(saved, site["words"]) == set()
    merge = client.post(f"{new.url}eligibility/", {"cd22_pct": "80", "version": "0", "step": "draft"})
    assert merge.status_code == 409
    assert unmarked(merge, site["words"]) == set()


def test_brackets_in_brackets_are_no_bare_text():
    assert outside("⟦Cronologia di ⟦Sesso⟧⟧ 03-001") == " 03-001"
    assert list(bare_texts('<p title="left">⟦sì⟧ <b>bare</b> <code>field</code> <i lang="en">English</i></p>')) == [
        "left",
        "bare",
    ]
