"""Every format, read back by other people's programs, is the database again, missing reasons included."""

import pytest

from tests.registry.transfer.exports.comparing import compare
from tests.registry.transfer.exports.expected import database
from tests.registry.transfer.exports.making import everything, files
from tests.registry.transfer.exports.r_readers import csv_with_r
from tests.registry.transfer.exports.readers import READERS

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", READERS)
def test_what_is_read_back_equals_the_database(cohort_registry, tmp_path, name):
    program, read = READERS[name]
    with everything():
        wanted = database()
    result = compare(name, program, read(files(tmp_path, format=name)), wanted)
    assert result.differences == []
    assert result.reasons > 100
    assert result.absent == (["centre"] if name == "redcap" else [])


@pytest.mark.needs_r
def test_the_r_script_loads_the_csv_files_as_they_are(cohort_registry, tmp_path):
    with everything():
        wanted = database()
    assert compare("csv", "R", csv_with_r(files(tmp_path, format="csv")), wanted).differences == []
