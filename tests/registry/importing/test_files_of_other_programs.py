"""What the registry exports as a workbook, for REDCap and as ODM comes back the same; and a centre's own files."""

import pytest

from registry.access.context import scope, system
from registry.models import ImportBatch
from registry.transfer.exports import odm, redcap, xlsx
from registry.transfer.exports.tables import Choice, content_of
from tests import databases
from tests.registry.importing.registries import all_rows, bring_in, contributing, make_centres

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def exported(django_db_setup, django_db_blocker, tmp_path_factory):
    """The files of every centre, and the rows of the registry that they come from."""
    with django_db_blocker.unblock():
        databases.make_cohort_template()
        with databases.connected_to(databases.COHORT):
            folders = {centre.pk: tmp_path_factory.mktemp(f"centre{centre.pk}") for centre in contributing()}
            with scope(system("test", read="all")):
                for centre, folder in folders.items():
                    content = content_of(Choice(centres=(centre,)))
                    redcap.write(content, folder)
                    odm.write(content, folder)
                    xlsx.write(content, folder)
            return folders, all_rows()


def test_the_exported_workbook(exported, committed_registry):
    folders, rows = exported
    make_centres()
    for centre, folder in folders.items():
        (workbook,) = folder.glob("*.xlsx")
        assert bring_in(workbook.read_bytes(), centre).faults == []
    assert all_rows() == rows


def test_redcap_with_its_data_dictionary(exported, committed_registry):
    folders, rows = exported
    make_centres()
    for centre, folder in folders.items():
        data, dictionary = (folder / name for name in ("data.csv", "data_dictionary.csv"))
        done = bring_in(
            data.read_bytes(), centre, kind=ImportBatch.Kind.REDCAP, dictionary=dictionary.read_bytes(), name="data.csv"
        )
        assert done.faults == []
    assert all_rows() == rows


def test_cdisc_odm(exported, committed_registry):
    folders, rows = exported
    make_centres()
    for centre, folder in folders.items():
        content = (folder / "registry.xml").read_bytes()
        assert bring_in(content, centre, kind=ImportBatch.Kind.ODM, name="registry.xml").faults == []
    assert all_rows() == rows
