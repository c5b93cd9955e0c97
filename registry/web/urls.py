"""Addresses of the registry's pages."""

from django.urls import include, path

from registry.web import (
    centres,
    codebook_page,
    delete_page,
    draft_page,
    home,
    language,
    patient_crf,
    record_page,
    users,
)
from registry.web.patient.exclusion import exclusion
from registry.web.patient.page import patient_page
from registry.web.record_urls import beneath_every_page

urlpatterns = [
    path("", home.home, name="home"),
    path("language/", language.choose, name="language"),
    path("patients/new/", record_page.new_patient, name="new patient"),
    path("patients/<uuid:patient_id>/", patient_page, name="patient"),
    path("patients/<uuid:patient_id>/exclusion/", exclusion, name="exclusion"),
    path("patients/<uuid:patient_id>/crf.pdf", patient_crf.as_pdf, name="patient crf"),
    path("", include("registry.web.history.urls")),
    path("", include("registry.web.facts.urls")),
    path("patients/<uuid:patient_id>/<slug:form>/", record_page.once, name="record"),
    path("patients/<uuid:patient_id>/<slug:form>/new/", record_page.new_repeat, name="new repeat"),
    path("patients/<uuid:patient_id>/<slug:form>/<uuid:instance_id>/", record_page.repeat, name="repeat"),
    path(
        "patients/<uuid:patient_id>/<slug:form>/<uuid:instance_id>/delete/",
        delete_page.delete_repeat,
        name="delete repeat",
    ),
    path("", include("registry.web.board.urls")),
    path("import/", include("registry.web.importing.urls")),
    path("queries/", include("registry.web.queries.urls")),
    path("codebook/", codebook_page.codebook_page, name="codebook"),
    path("codebook/codebook.csv", codebook_page.as_csv, name="codebook csv"),
    path("codebook/codebook.pdf", codebook_page.as_pdf, name="codebook pdf"),
    path("codebook/blank_crf/", codebook_page.blank_form_page, name="blank crf page"),
    path("codebook/blank_crf.pdf", codebook_page.blank_form, name="blank crf"),
    path("interface/", include("registry.web.interface.urls")),
    path("exports/", include("registry.web.exports.urls")),
    path("users/", users.user_list, name="users"),
    path("users/new/", users.new_user, name="new user"),
    path("users/<uuid:user_id>/", users.user_page, name="user"),
    path("users/<uuid:user_id>/invite/", users.invite, name="invite"),
    path("centres/", centres.centre_list, name="centres"),
    path("centres/new/", centres.new_centre, name="new centre"),
    path("centres/<int:number>/", centres.centre_page, name="centre"),
    *beneath_every_page("keep", draft_page.keep),
]
