"""Two registries: one with the reference cohort, whose workbooks are imported into another without patients."""

from collections.abc import Iterator
from contextlib import contextmanager

from registry.access.context import scope, system
from registry.actions.install import create_demonstration
from registry.crf.rows import as_row
from registry.management.commands.load_demonstration import COHORT, CUT_OFF, _accounts
from registry.models import ALL_FORMS, Centre, User
from registry.transfer.form_csv import read_form
from registry.transfer.importing.at_once import import_at_once
from registry.transfer.importing.workbook_out import workbook

REASON = "Workbook of the centre"


def make_centres() -> None:
    """The centres and accounts of the demonstration, and no patient."""
    centres = [centre for _, centre in read_form(Centre, COHORT / "centre.csv")]
    create_demonstration(centres, _accounts(centres), cut_off=CUT_OFF)


def contributing() -> list[Centre]:
    with scope(system("test", read="all")):
        return list(Centre.objects.exclude(role="coord").order_by("pk"))


def data_manager(centre: int) -> User:
    with scope(system("test", read="all")):
        return User.objects.get(username=f"datamanager-{centre:02d}")


def workbooks() -> dict[int, bytes]:
    with scope(system("test", read="all")):
        return {centre.pk: workbook(centre, prefilled=True) for centre in contributing()}


def bring_in(content: bytes, centre: int, **options):
    with scope(system("test", read="all")):
        place = Centre.objects.get(pk=centre)
    options = {"name": "workbook.xlsx", "by": data_manager(centre), "reason": REASON} | options
    return import_at_once(content, centre=place, **options)


def all_rows() -> dict[str, list[dict[str, object]]]:
    """Every form by patient and number, without the keys of the database."""
    with scope(system("test", read="all")):
        return {model.form: sorted(_rows(model), key=str) for model in ALL_FORMS}


def _rows(model) -> Iterator[dict[str, object]]:
    for record in model.objects.all():
        patient = getattr(record, "patient", None)
        yield as_row(record) | {"patient": str(patient), "number": getattr(record, "instance_no", None)}


@contextmanager
def reading_all() -> Iterator[None]:
    with scope(system("test", read="all")):
        yield
