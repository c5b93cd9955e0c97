import hashlib

import numpy as np
import pytest

from analytics.cohort.build import Cohort
from analytics.cohort.columns import LISTED, OPTIONAL
from analytics.cohort.csv_text import DataSetError
from analytics.cohort.data_set import MissingColumn, read_csv

LISTED_IN_ORDER = (
    "patient_id centre_no age sex ecog wbc plt hb ldh bm_blasts cyto_class ph_positive emd blina_before "
    "allo_first_line heavily_pretreated ino_cycles ino_gt2 resp_c1 best_resp_ino ino_responder resp_before_hct "
    "cr_at_hct mrd_pre_hct mac dual_alkylators donor3 donor_matched ino_last_to_hct ino_first_to_hct sos sos_grade "
    "sos_fatal ino_last_to_sos hct_to_sos os_days os_event os_hct_days ci_days ci_status maintenance death_cause"
)
OPTIONAL_IN_ORDER = (
    "cyto_class_rr cyto_class_patient cd22_pos ino_programme dx_entity blina_context tki_with_ino entry_date "
    "last_contact_date cutoff_date response_day hct_to_relapse "
    "ino_dose_day1 ino_dose_day8 ino_dose_day15 ino_dose_after_cr blina_response emd_imaging cns_dx cns_rr "
    "cns_rr_therapy bcr_abl1_pcr_rr bridging_reason bridging_given mrd_method mrd_lod maintenance_given "
    "maintenance_mrd maintenance_withheld"
)


@pytest.fixture
def table(reference: Cohort) -> list[list[str]]:
    """Header and three patients, cell by cell."""
    return [line.split(",") for line in reference.data_set.text.splitlines()[:4]]


def text(table: list[list[str]]) -> str:
    return "\n".join(",".join(cells) for cells in table) + "\n"


def faults(table: list[list[str]]) -> list[tuple[int, str, str]]:
    with pytest.raises(DataSetError) as refused:
        read_csv(text(table))
    return [(fault.line, fault.column, fault.value) for fault in refused.value.faults]


def test_the_columns_stand_in_the_agreed_order(reference: Cohort) -> None:
    assert " ".join(column.name for column in LISTED) == LISTED_IN_ORDER
    assert " ".join(column.name for column in OPTIONAL) == OPTIONAL_IN_ORDER
    header = reference.data_set.text.splitlines()[0]
    assert header.replace(",", " ") == f"{LISTED_IN_ORDER} {OPTIONAL_IN_ORDER}"


def test_the_hash_is_that_of_the_text(reference: Cohort) -> None:
    assert reference.data_set.sha256 == hashlib.sha256(reference.data_set.text.encode()).hexdigest()


def test_an_empty_cell_is_missing(table: list[list[str]]) -> None:
    table[1][table[0].index("wbc")] = ""
    data = read_csv(text(table))
    assert np.isnan(data.numbers("wbc")[0])
    assert not data.known("wbc")[0]


def test_optional_columns_may_be_absent_and_are_named_when_needed(table: list[list[str]]) -> None:
    data = read_csv(text([cells[: len(LISTED)] for cells in table]))
    assert data.n == 3
    with pytest.raises(MissingColumn, match="needs the column cd22_pos"):
        data.numbers("cd22_pos")


def test_a_missing_and_an_unknown_column_are_refused_together(table: list[list[str]]) -> None:
    table[0][table[0].index("age")] = "alter"
    assert faults(table) == [(1, "alter", "alter"), (1, "age", "")]


def test_a_column_given_twice_is_refused(table: list[list[str]]) -> None:
    assert faults([[*cells, cells[2]] for cells in table]) == [(1, "age", "age")]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("age", "44.5"),
        ("sex", "W"),
        ("wbc", "1e3"),
        ("wbc", "5,9"),
        ("os_days", "-3"),
        ("os_days", ""),
        ("os_event", "yes"),
        ("ci_status", "3"),
        ("entry_date", "2019-02-30"),
        ("hb", "nan"),
    ],
)
def test_a_bad_value_is_refused_with_line_column_value_and_rule(
    table: list[list[str]], column: str, value: str
) -> None:
    table[2][table[0].index(column)] = value if "," not in value else f'"{value}"'
    with pytest.raises(DataSetError) as refused:
        read_csv(text(table))
    (fault,) = refused.value.faults
    assert (fault.line, fault.column, fault.value) == (3, column, value)
    assert fault.rule in str(refused.value)


def test_all_faults_are_told_at_once_in_order_of_lines(table: list[list[str]]) -> None:
    table[3][table[0].index("mac")] = "2"
    table[1][table[0].index("ecog")] = "5"
    assert faults(table) == [(2, "ecog", "5"), (4, "mac", "2")]


def test_a_patient_given_twice_is_refused(table: list[list[str]]) -> None:
    table[3][0] = table[1][0]
    assert faults(table) == [(4, "patient_id", table[1][0])]


def test_a_short_row_is_refused(table: list[list[str]]) -> None:
    table[2].pop()
    assert faults(table) == [(3, "(row)", "70 cells")]


def test_an_open_quotation_mark_is_refused_with_its_line(table: list[list[str]]) -> None:
    table[2][0] = '"03-001'
    with pytest.raises(DataSetError, match="readable as CSV"):
        read_csv(text(table))


def test_an_empty_file_lacks_every_column() -> None:
    with pytest.raises(DataSetError) as refused:
        read_csv("")
    assert len(refused.value.faults) == len(LISTED)


def test_a_header_alone_is_a_data_set_of_nobody(table: list[list[str]]) -> None:
    assert read_csv(text(table[:1])).n == 0


def test_line_ends_of_other_systems_change_no_value(table: list[list[str]]) -> None:
    windows = text(table).replace("\n", "\r\n")
    assert read_csv(windows).cells == read_csv(text(table)).cells
