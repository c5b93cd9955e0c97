"""A report as one HTML file that needs no other: to read without the registry, and to print from a browser."""

from django.template.loader import render_to_string
from django.utils.translation import override

from analytics.reports.content import File
from analytics.reports.formats.printed import MADE_OF, Printed


def write(printed: Printed) -> File:
    with override("en"):
        text = render_to_string("analytics/report_document.html", {"printed": printed, "made_of": MADE_OF})
    return File("report.html", "text/html", text.encode())
