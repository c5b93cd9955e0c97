-- The audit trail: one table, owned by a role that nobody can log in as. The application may read it and nothing else.
create schema if not exists audit authorization reg_audit;
set role reg_audit;

create table if not exists audit.log (
    id         bigint generated always as identity primary key,
    at         timestamptz not null default clock_timestamp(),
    xid        xid8 not null default pg_current_xact_id(),
    db_user    name not null default session_user,
    app_user   text not null,
    app_name   text not null,
    role       text not null,
    centre     int,
    patient_id bigint,
    reason     text,
    channel    text,
    batch      text,
    request    text,
    ip         text,
    audience   text not null,
    tbl        text not null,
    pk         text not null,
    op         "char" not null,
    old        jsonb,
    new        jsonb
);
create index if not exists log_record on audit.log (tbl, pk);
create index if not exists log_patient on audit.log (patient_id);
create index if not exists log_xid on audit.log (xid);
create index if not exists log_newest on audit.log (at, id);
create index if not exists log_newest_of_user on audit.log (app_user, at, id);
create index if not exists log_newest_of_centre on audit.log (centre, at, id);
create index if not exists log_deleted on audit.log (tbl) where op = 'D';

-- Changes of the database itself, by whoever makes them.
create table if not exists audit.ddl_log (
    id      bigint generated always as identity primary key,
    at      timestamptz not null default clock_timestamp(),
    db_user name not null default session_user,
    command text not null,
    object  text
);
reset role;
