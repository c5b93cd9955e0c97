"""A wrong form: every fault in one go, at the top with a link and beside its question; corrected, it is complete."""

import pytest

from registry.web.record_form import as_posted
from tests.browser import arranging, paper

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NUMBER = "03-002"
# What is written wrong on the HCT form of this patient: item, what is typed, the check, and what the page says of it.
PLANTED = {
    "hct_no": ("3", "C73", "Transplant number 3 does not fit 1 earlier allo-HCT."),
    "status_date": (
        "2017-13-26",
        "",
        "“2017-13-26” is no day of the calendar. Check year, month and day.",
    ),
    "mrd_done": ("", "", "MRD assessed is not answered. Enter a value."),
    "hla_tested": ("8", "C77", "10 matched of 8 typed is not possible."),
    "cell_source": ("cb", "C76", "Donor type and stem-cell source contradict each other."),
    "cond_start": ("2017-07-20", "C72", "Conditioning must lie between the last INO dose and HCT."),
    "gvhd_prophylaxis": ([], "", "GVHD prophylaxis is not answered. Enter a value, or say why it is missing."),
    "kps": ("", "", "Karnofsky performance status before conditioning is not answered."),
    "hct_ci": ("60", "C33", "60 points is not possible. Values from 0 to 26 are accepted."),
    "alt_uln": ("", "", "Upper limit of normal of ALT is not answered. Enter a value, or say why it is missing."),
    "weight": ("eighty", "", "“eighty” is not a number. Write digits, for example 5.9."),
    "engraftment_date": ("2031-07-24", "C13", "Date of neutrophil engraftment is in the future."),
}


def test_twelve_planted_faults_are_twelve_messages_in_one_go(open_as, in_registry, picture):
    with in_registry():
        patient = arranging.copy_of(NUMBER, without=["hct", "conditioning_drug", "sos_vod", "gvhd", "death"])
    paper_form = next(record for record in paper.printed(NUMBER) if record.form == "hct")
    page = open_as("datamanager-03")
    page.goto(f"{arranging.address_of(patient)}hct/")
    paper.type_record(page, paper_form)
    for name, (text, _, _) in PLANTED.items():
        write(page, name, text)
    page.get_by_role("button", name="Save and mark complete").click()
    page.get_by_role("heading", name="12 things to put right").wait_for()
    picture(page, "story-twelve-faults")
    entries = page.locator("#error-summary").get_by_role("listitem").all()
    assert len(entries) == len(PLANTED)
    for entry, (name, (_, check, message)) in zip(entries, PLANTED.items(), strict=True):
        assert message in entry.inner_text()
        assert entry.locator(".check-id").all_text_contents() == ([check] if check else [])
        entry.get_by_role("link").press("Enter")
        assert message in page.evaluate("document.activeElement.closest('.line').querySelector('.problems').innerText")
        assert message in page.locator(f"#line-{name} .problems").inner_text()
    correct(page, paper_form)


def correct(page, paper_form):
    """All twelve put right as on the paper: the form is complete at once."""
    posted = as_posted(paper_form)
    for name in PLANTED:
        write(page, name, posted[name])
    page.get_by_role("button", name="Save and mark complete").click()
    page.get_by_text("Allo-HCT is complete.").wait_for()


def write(page, name, text):
    """What the hand puts in the place of the answer; nothing, where it forgets it."""
    place = page.locator(f"[name='{name}']").first
    match place.evaluate("input => input.type"):
        case "radio":
            page.locator(f"[name='{name}'][value='{text}']").check()
        case "checkbox":
            for box in page.locator(f"[name='{name}']").all():
                box.set_checked(box.get_attribute("value") in text)
        case "select-one":
            place.select_option(text)
        case _:
            place.fill(text)
