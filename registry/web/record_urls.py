"""The pages on which a record is entered, and the addresses beneath each of them."""

from collections.abc import Callable
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path

from registry.access.permissions import may, require
from registry.access.roles import Permission
from registry.models import Centre, Patient
from registry.web.records import find_once, find_patient, find_repeat, form_model, next_repeat

Find = Callable[..., Any]
View = Callable[[HttpRequest, Any], HttpResponse]


def beneath_every_page(suffix: str, view: View) -> list[URLPattern]:
    """One view for all kinds of pages: it is given the record that the page is about."""
    return [path(f"{place}{suffix}/", _door(find, view), name=f"{suffix} {name}") for place, name, find in _PAGES]


def _door(find: Find, view: View) -> Callable[..., HttpResponse]:
    def open_door(request: HttpRequest, **where: Any) -> HttpResponse:
        return view(request, find(request.user, **where))

    return open_door


def _new_patient(user: Any) -> Any:
    require(user, Permission.ENTER_DATA)
    return Patient(centre=user.centre)


def _new_repeat(user: Any, patient_id: Any, form: str) -> Any:
    patient = find_patient(user, patient_id)
    require(user, Permission.ENTER_DATA, centre=patient.centre_id)
    record = next_repeat(form_model(form, repeats=True), patient)
    if record is None:
        raise Http404
    return record


def _new_centre(user: Any) -> Any:
    return _managed(user, Centre())


def _centre(user: Any, number: int) -> Any:
    return _managed(user, get_object_or_404(Centre, pk=number))


def _managed(user: Any, centre: Centre) -> Centre:
    if not may(user, Permission.MANAGE_USERS):
        raise Http404
    return centre


_PAGES: Final[tuple[tuple[str, str, Find], ...]] = (
    ("patients/new/", "new patient", _new_patient),
    ("patients/<uuid:patient_id>/<slug:form>/", "record", find_once),
    ("patients/<uuid:patient_id>/<slug:form>/new/", "new repeat", _new_repeat),
    ("patients/<uuid:patient_id>/<slug:form>/<uuid:public_id>/", "repeat", find_repeat),
    ("centres/new/", "new centre", _new_centre),
    ("centres/<int:number>/", "centre", _centre),
)
