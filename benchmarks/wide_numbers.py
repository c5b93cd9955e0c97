"""Patient numbers of more than three digits behind the centre, for measurements alone: a centre then has 99,999."""

from typing import Any

import psycopg

from registry.models import Patient
from registry.models.checks import identity
from registry.transfer.importing import keys

LENGTH = 8  # of a number such as 01-12345
TABLES = {"registry_patient": "number", "registry_importedrecord": "patient_number"}


def take_wide_numbers(connection: psycopg.Connection[Any]) -> None:
    """In this database, as the superuser, and in this process: both are thrown away."""
    for table, column in TABLES.items():
        connection.execute(f"alter table {table} alter {column} type varchar({LENGTH})")
    field: Any = Patient._meta.get_field("number")
    field.max_length = LENGTH
    identity.PATIENT_NUMBER = keys.PATIENT_NUMBER = identity.re.compile(r"([0-9]{2})-[0-9]{3,5}")
