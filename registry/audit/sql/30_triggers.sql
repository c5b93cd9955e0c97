-- What every protected table carries: no write without an actor, one row of the trail per change, no truncation.
set role reg_audit;

create or replace function audit.require_actor() returns trigger language plpgsql
    security definer set search_path = pg_catalog, pg_temp as $$
begin
    if audit.context() ->> 'user' is null then
        raise exception 'Write refused: this transaction does not say who acts.'
            using errcode = '42501', hint = 'Set app.ctx first: see docs/operations.md, "Working in psql".';
    end if;
    return null;
end $$;

-- Rows that concern patients of two centres (`is_across_centres`) have an audience of their own: who reads all centres.
-- Arguments of the trigger: audience, name of the key column, ignored columns, redacted columns (comma-separated).
create or replace function audit.record_change() returns trigger language plpgsql
    security definer set search_path = pg_catalog, pg_temp as $$
declare
    claims  jsonb := audit.context();
    before  jsonb;
    after   jsonb;
    changed jsonb;
    present jsonb;
    state   text;
begin
    if claims ->> 'user' is null then
        raise exception 'Write refused: this transaction does not say who acts.' using errcode = '42501';
    end if;
    if tg_op <> 'INSERT' then before := to_jsonb(old) - string_to_array(tg_argv[2], ','); end if;
    if tg_op <> 'DELETE' then after := to_jsonb(new) - string_to_array(tg_argv[2], ','); end if;
    present := coalesce(after, before);
    state := before ->> 'state';

    if tg_op = 'UPDATE' then
        select jsonb_object_agg(key, value) into changed
        from jsonb_each(after) where value is distinct from before -> key;
        if changed is null then return null; end if;
    end if;
    if state = 'locked' and (tg_op = 'DELETE' or not changed - 'version' <@ jsonb_build_object('state', changed -> 'state'))
    then
        raise exception 'This record is locked. Unlock it before changing it.' using errcode = '42501';
    end if;
    if state in ('complete', 'locked') and length(trim(coalesce(claims ->> 'reason', ''))) < 5 then
        raise exception 'A completed record is changed only with a reason of at least 5 characters.'
            using errcode = '42501';
    end if;
    if tg_op = 'UPDATE' then
        select jsonb_object_agg(key, before -> key) into before from jsonb_object_keys(changed) key;
        after := changed;
    end if;

    insert into audit.log (app_user, app_name, role, centre, patient_id, reason, channel, batch, request, ip,
                           audience, tbl, pk, op, old, new)
    values (claims ->> 'user', coalesce(claims ->> 'name', claims ->> 'user'), coalesce(claims ->> 'role', ''),
            coalesce(present ->> 'centre_id', present ->> 'centre_no')::int,
            case when tg_table_name = 'registry_patient' then present ->> 'id' else present ->> 'patient_id' end::bigint,
            claims ->> 'reason', claims ->> 'channel', claims ->> 'batch', claims ->> 'request', claims ->> 'ip',
            case when (present ->> 'is_across_centres')::boolean then 'coordination' else tg_argv[0] end, tg_table_name, present ->> tg_argv[1], left(tg_op, 1)::"char",
            audit.redacted(before, tg_argv[3]), audit.redacted(after, tg_argv[3]));
    return null;
end $$;

-- Forms accept no change while the registry is frozen for an analysis, and a locked patient no new form. Run with the
-- rights of the writer, who sees the settings and the own patients.
create or replace function audit.refuse_when_closed() returns trigger language plpgsql
    set search_path = pg_catalog, pg_temp as $$
begin
    if exists (select from public.registry_registrysettings where frozen_at is not null) then
        raise exception 'The registry is frozen for an analysis: no record can be changed until the freeze is lifted.'
            using errcode = '42501';
    end if;
    if tg_op = 'INSERT' and tg_table_name <> 'registry_patient' then
        if exists (select from public.registry_patient where id = new.patient_id and state = 'locked') then
            raise exception 'This patient is locked: no form can be added.' using errcode = '42501';
        end if;
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;

-- The trail tells that a secret changed, never what it is.
create or replace function audit.redacted(row_values jsonb, columns text) returns jsonb language sql immutable
    set search_path = pg_catalog as $$
    select case when row_values is null then null else (
        select coalesce(jsonb_object_agg(key, case when key = any (string_to_array(columns, ','))
                                                   then '"(redacted)"'::jsonb else value end), '{}')
        from jsonb_each(row_values)) end
$$;

create or replace function audit.refuse_truncate() returns trigger language plpgsql
    set search_path = pg_catalog, pg_temp as $$
begin
    raise exception 'Truncating % is refused: its rows are part of the record.', tg_table_name using errcode = '42501';
end $$;

create or replace trigger no_truncate before truncate on audit.log
    for each statement execute function audit.refuse_truncate();
create or replace trigger no_truncate before truncate on audit.ddl_log
    for each statement execute function audit.refuse_truncate();

revoke all on function audit.require_actor(), audit.record_change() from public;
grant execute on function audit.require_actor(), audit.record_change(), audit.refuse_truncate(),
    audit.refuse_when_closed() to reg_owner;
grant usage on schema audit to reg_owner, reg_web, reg_report;
grant select on audit.log, audit.ddl_log to reg_web;
reset role;
