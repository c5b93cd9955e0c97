"""What a centre reads about itself and about all centres, and what it does not."""

import re
from dataclasses import replace

import pytest

from analytics.reports.content import Content, Source
from analytics.reports.document import ReportTable
from analytics.reports.kinds import centre_report

pytestmark = pytest.mark.slow  # figures are drawn

CENTRE = 3


@pytest.fixture(scope="module")
def content(source: Source) -> Content:
    return centre_report.make(replace(source, centre=CENTRE), lambda _: None)


def tables(content: Content) -> dict[str, dict[str, tuple[str, ...]]]:
    blocks = (block for section in content.report.sections for block in section.blocks)
    return {
        block.id: {row.cells[0]: row.cells[1:] for row in block.rows}
        for block in blocks
        if isinstance(block, ReportTable)
    }


def test_own_numbers_stand_beside_those_of_all_centres(content: Content) -> None:
    found = tables(content)
    assert found["overall-survival"]["Median overall survival"] == (
        "not reached: the curve stays above 50% (7.59 to not reached)",
        "3/8",
        "11.2 months (7.59 to 37.1)",
        "36/58",
    )
    assert found["sos"]["SOS/VOD"] == ("3 (38%)", "8", "17 (29%)", "58")
    assert found["completeness"]["Follow-up observed by the cut-off"][0::2] == ("78.0%", "83.0%")


def test_few_patients_of_other_centres_are_not_counted(content: Content) -> None:
    found = tables(content)["sos"]
    assert [found[f"grade {grade}"][2] for grade in (1, 2, 3, 4, 5)] == ["<5", "<5", "<5", "<5", "9 (53%)"]


def test_the_smallest_and_the_largest_value_of_all_centres_are_left_out(content: Content) -> None:
    assert tables(content)["patients"]["Age at relapsed or refractory disease"] == (
        "38.5 years (24 to 52)",
        "8",
        "42.5 years",
        "58",
    )


def test_no_other_centre_is_named(content: Content) -> None:
    for file in content.files():
        named = set(re.findall(r"[Cc]entre (\d\d)", file.content.decode()))
        assert named <= {"03"}, file.name
    assert list(tables(content)["all-sos-by-centre"]) == ["Centre 03", "All centres"]


def test_no_file_holds_a_patient_of_another_centre(content: Content) -> None:
    for file in content.files():
        assert set(re.findall(r"\b(\d\d)-\d\d\d\b", file.content.decode())) <= {"03"}, file.name
    (data_set,) = (file for file in content.files() if file.name == "analysis.csv")
    assert len(data_set.content.decode().splitlines()) == 1 + 8


def test_curves_of_all_centres_have_no_single_days(content: Content) -> None:
    (pooled,) = (entry for entry in content.results["entries"] if entry["id"] == "all-overall-survival")
    (line,) = pooled["value"]["lines"]
    assert (line["n_risk"], line["n_event"], line["n_censor"]) == ([], [], [])
    assert len(line["time"]) <= 36 / 5
    assert line["at_risk"][0] == {"month": 0, "n": 58}


def test_where_the_others_are_fewer_than_five_nothing_is_told_of_all_centres(source: Source) -> None:
    own = [row["patient_id"] for row in source.forms["patient"] if row["centre_no"] == CENTRE]
    others = [row["patient_id"] for row in source.forms["patient"] if row["centre_no"] != CENTRE][:4]
    kept = {
        form: [row for row in rows if row.get("patient_id", own[0]) in (*own, *others)]
        for form, rows in source.forms.items()
    }
    content = centre_report.make(replace(source, forms=kept, centre=CENTRE), lambda _: None)
    told = {cells[2:] for table in tables(content).values() for cells in table.values() if len(cells) == 4}
    assert not re.search(r"\d", "".join("".join(cells).replace("<5", "") for cells in told))


def test_the_funnel_is_drawn_with_the_own_centre_alone(content: Content) -> None:
    (funnel,) = (
        block
        for section in content.report.sections
        for block in section.blocks
        if block.id == "all-sos-by-centre-figure"
    )
    assert "1 centre; of all centres 17 events in 58 patients" in funnel.description
