"""Two browsers in conflict: what each typed is shown field by field, and what is chosen from both is stored."""

import re

import pytest

from registry.models import Eligibility
from tests.browser import arranging

pytestmark = pytest.mark.browser


def test_values_of_both_are_merged_field_by_field(open_as, in_registry, picture):
    with in_registry():
        patient = arranging.new_patient()
    mine, hers = open_as("datamanager-03"), open_as("investigator-03")
    for page in (mine, hers):
        page.goto(f"{arranging.address_of(patient)}eligibility/")
    answer(hers, status="relapsed", percentage="80", programme="compassionate use")
    hers.get_by_text("saved as a draft").wait_for()
    answer(mine, status="primary refractory (never in CR)", percentage="95")
    mine.get_by_role("heading", name=re.compile("changed by somebody else")).wait_for()
    picture(mine, "story-two-versions")
    assert "Saved by investigator-03" in mine.inner_text("main")
    assert mine.get_by_role("main").get_by_role("group").locator("legend").all_inner_texts() == [
        "Disease status when INO was started",
        "CD22-positive blasts",
        "How INO was obtained",
    ]
    choose(mine, "Disease status when INO was started", "Yours: primary refractory (never in CR)")
    choose(mine, "CD22-positive blasts", "Stored now: 80 %")
    choose(mine, "How INO was obtained", "Stored now: compassionate use")
    mine.get_by_role("button", name="Save these values").click()
    mine.get_by_text("saved as a draft").wait_for()
    with in_registry():
        stored = Eligibility.objects.get(patient=patient)
        assert (stored.rr_status, stored.cd22_pct, stored.ino_programme) == ("refractory", 80, "cup")
        assert stored.version == 2


def answer(page, *, status, percentage, programme=""):
    page.get_by_role("radio", name=status, exact=True).check()
    page.get_by_label("CD22-positive blasts").first.fill(percentage)
    if programme:
        page.get_by_label(programme).check()
    page.get_by_role("button", name="Save draft").click()


def choose(page, question, value):
    page.get_by_role("group", name=question).get_by_label(value).check()
