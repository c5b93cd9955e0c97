"""Every format, read back by other people's programs, is the database again, missing reasons and labels included."""

import pytest

from tests.registry.transfer.exports.comparison import compare_export
from tests.registry.transfer.exports.planted import plant
from tests.registry.transfer.exports.r_readers import HAVEN, PACKAGES, csv_with_r, with_haven
from tests.registry.transfer.exports.readers import READERS

pytestmark = pytest.mark.slow


@pytest.fixture
def planted_registry(cohort_registry):
    plant()


def is_the_database_again(result):
    assert result.differences == []
    assert result.reasons > 500
    assert result.absent == (["centre"] if result.format == "redcap" else [])
    return True


@pytest.mark.parametrize("name", READERS)
def test_what_is_read_back_equals_the_database(planted_registry, tmp_path, name):
    assert is_the_database_again(compare_export(name, *READERS[name], tmp_path))


@pytest.mark.needs_r
def test_the_r_script_loads_the_csv_files_as_they_are(planted_registry, tmp_path):
    assert is_the_database_again(compare_export("csv", "R, load.R", csv_with_r, tmp_path))


@pytest.mark.needs_r
@pytest.mark.parametrize("name", PACKAGES)
def test_haven_reads_cells_labels_and_missing_reasons(planted_registry, tmp_path, name):
    result = compare_export(name, HAVEN, with_haven(name), tmp_path)
    assert is_the_database_again(result)
    assert result.labels > 350
