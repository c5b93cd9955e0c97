"""Addresses of the list of patients, of the status board, of the states by centre and of the catalogue of checks."""

from django.urls import path

from registry.web import checks_page
from registry.web.board import centres_page, forms_page, patients_page, states_page

urlpatterns = [
    path("patients/", patients_page.patients, name="patients"),
    path("board/", centres_page.board, name="board"),
    path("board/forms/", forms_page.board_forms, name="board forms"),
    path("checks/", checks_page.checks, name="checks"),
    path("states/", states_page.states, name="states"),
]
