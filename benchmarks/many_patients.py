"""The reference cohort, copied until the registry has as many patients as asked: in all states, with queries."""

from collections.abc import Iterable
from typing import Any

import psycopg
from psycopg import sql

from registry.models import PATIENT_FORMS, Patient, Query, QueryMessage, Signature, Verification

SEED = 0.42


def multiply(connection: psycopg.Connection[Any], patients: int) -> None:
    """As the superuser, past triggers and policies: only for a database that is thrown away."""
    models: list[Any] = [Patient, *PATIENT_FORMS, Query, QueryMessage, Verification, Signature]
    for model in models:
        _run(connection, "alter table {} disable trigger user", model)
    connection.execute("select setseed(%s)", [SEED])
    _make_map(connection, patients)
    _copy(connection, Patient, keys={"id": "m.new_id", "number": "m.number"})
    for model in PATIENT_FORMS:
        _copy(connection, model, keys={"patient_id": "m.new_id"}, leave_out=("id",))
    _copy(connection, Query, keys={"patient_id": "m.new_id"}, leave_out=("id",))
    for model in PATIENT_FORMS:
        _run(connection, "delete from {} where random() < 0.02", model)
        _run(connection, "update {} set state = 'in progress' where random() < 0.05", model)
        _mark(connection, model)
    connection.execute("update registry_query set state = 'answered', answer = 'confirmed' where random() < 0.3")
    connection.execute(
        "insert into registry_querymessage (query_id, patient_id, centre_id, at, state, answer, text) "
        "select id, patient_id, centre_id, raised_at + random() * interval '20 days', state, answer, 'as in the letter'"
        " from registry_query where state = 'answered'"
    )
    _copy_trail(connection)
    connection.execute("vacuum analyze")


def _make_map(connection: psycopg.Connection[Any], patients: int) -> None:
    """Which copy of which patient gets which id and number; numbers run on within a centre."""
    connection.execute(
        "create temp table m as select p.id as old_id, p.centre_id, k as copy, "
        "(select max(id) from registry_patient) + row_number() over (order by k, p.id) as new_id, "
        # As 001 while three digits are enough, else with as many as there are.
        "lpad(p.centre_id::text, 2, '0') || '-' || to_char((select count(*) from registry_patient o where "
        "o.centre_id = p.centre_id) + row_number() over (partition by p.centre_id order by k, p.id), 'FM99000')"
        " as number from registry_patient p, generate_series(1, 500) k order by k, p.id "
        "limit greatest(0, %s - (select count(*) from registry_patient))",
        [patients],
    )


def _copy(
    connection: psycopg.Connection[Any], model: Any, *, keys: dict[str, str], leave_out: Iterable[str] = ()
) -> None:
    fields = [field for field in model._meta.concrete_fields if field.column not in leave_out]
    connection.execute(
        sql.SQL(
            "insert into {table} ({columns}) select {values} from {table} t join m on m.old_id = t.{patient}"
        ).format(
            table=sql.Identifier(model._meta.db_table),
            columns=sql.SQL(", ").join(sql.Identifier(field.column) for field in fields),
            values=sql.SQL(", ").join(_value(field, keys) for field in fields),
            patient=sql.Identifier("id" if model is Patient else "patient_id"),
        )
    )


def _copy_trail(connection: psycopg.Connection[Any]) -> None:
    """The history grows with the patients. Entries keep the number of the row that was copied."""
    connection.execute(
        "insert into audit.log (at, db_user, app_user, app_name, role, centre, patient_id, reason, channel, batch, "
        "audience, tbl, pk, op, old, new) select at, db_user, app_user, app_name, role, t.centre, m.new_id, reason, "
        "channel, batch, audience, tbl, pk, op, old, new from audit.log t join m on m.old_id = t.patient_id"
    )


def _value(field: Any, keys: dict[str, str]) -> sql.Composable:
    if field.column in keys:
        return sql.Identifier(*keys[field.column].split("."))
    if field.column == "public_id":
        return sql.SQL("gen_random_uuid()")
    own = sql.Identifier("t", field.column)
    # Each copy is treated a day before the last: they are not one patient enrolled many times.
    is_day = field.get_internal_type() == "DateField"
    return sql.SQL("{} - m.copy::integer").format(own) if is_day else own


def _mark(connection: psycopg.Connection[Any], model: Any) -> None:
    """Verify and sign some of what is complete."""
    who = "(select min(id) from registry_user where role = 'monitor')"
    common = "public_id, patient_id, centre_id, form_name, record_id, by_id, at"
    row = f"gen_random_uuid(), patient_id, centre_id, '{model.form}', id, {who}, now()"
    where = f"from {model._meta.db_table} where state = 'complete' and random() <"
    connection.execute(f"insert into registry_verification ({common}, fields) select {row}, '[]' {where} 0.4")
    connection.execute(
        f"insert into registry_signature ({common}, meaning, signer_name, content_sha256) "
        f"select {row}, 'approved', 'investigator', repeat('0', 64) {where} 0.2"
    )


def _run(connection: psycopg.Connection[Any], statement: Any, model: Any) -> None:
    connection.execute(sql.SQL(statement).format(sql.Identifier(model._meta.db_table)))
