import datetime as dt
import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from launch.postgres import write_private
from registry.access.context import scope, system
from registry.access.roles import Role
from registry.actions.import_patient import ImportRefused, import_patient
from registry.actions.install import create_demonstration, is_installed
from registry.models import Centre, User
from registry.transfer.form_csv import read_form, read_patients

COHORT = settings.BASE_DIR / "fixtures" / "reference_cohort"
REASON = "Reference cohort of the demonstration"
CUT_OFF = dt.date(2023, 6, 30)
ACCOUNTS_FILE = "accounts.txt"


class Command(BaseCommand):
    help = "Load the reference cohort of 58 synthetic patients and make the demonstration accounts. Once."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if is_installed():
            raise CommandError("There are accounts already: the demonstration is loaded into an empty registry only.")
        centres = [centre for _, centre in read_form(Centre, COHORT / "centre.csv")]
        accounts = _accounts(centres)
        create_demonstration(centres, accounts, cut_off=CUT_OFF)
        patients = list(read_patients(COHORT))
        for done, (patient, records) in enumerate(patients, start=1):
            self._load(patient, records)
            if done % 10 == 0 or done == len(patients):
                self.stdout.write(f"  {done} of {len(patients)} patients loaded")
        file = Path(os.environ.get("REGISTRY_FOLDER", settings.BASE_DIR / "var" / "demo")) / ACCOUNTS_FILE
        file.parent.mkdir(parents=True, exist_ok=True)
        write_private(file, "".join(f"{name}  {fields['password']}\n" for name, fields in accounts.items()))
        self.stdout.write(f"Demonstration accounts and passwords: {file}")

    def _load(self, patient: Any, records: list[Any]) -> None:
        with scope(system("install", read="all")):
            by = User.objects.get(username=f"datamanager-{patient.centre_id:02d}")
        try:
            import_patient(patient, records, by=by, reason=REASON, batch="reference cohort")
        except ImportRefused as error:
            raise CommandError(str(error)) from error


def _accounts(centres: list[Centre]) -> dict[str, dict[str, Any]]:
    people: dict[str, dict[str, Any]] = {
        "administrator": {"role": Role.ADMINISTRATOR},
        "coordinator": {"role": Role.COORDINATING_INVESTIGATOR},
        "monitor": {"role": Role.MONITOR},
        "statistician": {"role": Role.STATISTICIAN},
    }
    for centre in centres:
        if centre.role != "coord":
            people[f"datamanager-{centre.pk:02d}"] = {"role": Role.DATA_MANAGER, "centre": centre}
            people[f"investigator-{centre.pk:02d}"] = {"role": Role.CENTRE_INVESTIGATOR, "centre": centre}
    return {
        # Mails of the demonstration go to the log of the worker.
        name: fields | {"password": secrets.token_urlsafe(12), "email": f"{name}@demonstration.example"}
        for name, fields in people.items()
    }
