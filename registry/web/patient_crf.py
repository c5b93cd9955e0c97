"""The case report form of one patient as PDF."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from registry.transfer.paper.filled_crf import filled_crf
from registry.web.downloads import pdf_file
from registry.web.records import find_patient


def as_pdf(request: HttpRequest, patient_id: Any) -> HttpResponse:
    patient = find_patient(request.user, patient_id)
    return pdf_file(filled_crf(patient, by=request.user, at=timezone.now()), f"crf-{patient}.pdf")
