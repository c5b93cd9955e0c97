-- Seals: each row of the trail is hashed, the list of new rows is hashed, and that is linked to the seal before. What is
-- altered afterwards, by whoever may, no longer agrees. What this proves: docs/operations.md, "Audit seals".
set role reg_audit;

create table if not exists audit.seal (
    number     bigint primary key,
    at         timestamptz not null,
    from_xid   xid8 not null,    -- the seal holds every row of the transactions from this one
    before_xid xid8 not null,    -- to the one before this; all of them had ended
    next_xid   xid8 not null,    -- this one and later ones had not begun
    n_rows     bigint not null,
    total      bigint not null,  -- with the rows of all seals before
    previous   bytea not null,   -- the hash of the seal before; empty in the first
    sha256     bytea not null
);

-- The hash of each row, so that the very row can be named. Its key keeps a row from being sealed twice.
create table if not exists audit.sealed_row (
    log_id bigint primary key,
    seal   bigint not null,
    sha256 bytea not null
);
create index if not exists sealed_row_seal on audit.sealed_row (seal);

-- Column by column and without the time zone of the session. A column that is added to the trail later is added here
-- only where it is not null, or no older row would agree any more. Without a search path of its own, so that it is part
-- of the queries of its callers, which have one: a third faster.
create or replace function audit.row_sha256(entry audit.log) returns bytea language sql stable as $$
    select sha256(convert_to(jsonb_build_object(
        'id', entry.id, 'at', extract(epoch from entry.at), 'xid', entry.xid, 'db_user', entry.db_user,
        'app_user', entry.app_user, 'app_name', entry.app_name, 'role', entry.role, 'centre', entry.centre,
        'patient_id', entry.patient_id, 'reason', entry.reason, 'channel', entry.channel, 'batch', entry.batch,
        'request', entry.request, 'ip', entry.ip, 'audience', entry.audience, 'tbl', entry.tbl, 'pk', entry.pk,
        'op', entry.op, 'old', entry.old, 'new', entry.new)::text, 'UTF8'))
$$;

create or replace function audit.seal_sha256(seal audit.seal) returns bytea language sql stable
    set search_path = pg_catalog, pg_temp as $$
    select sha256(convert_to(jsonb_build_object(
        'number', seal.number, 'at', extract(epoch from seal.at), 'from_xid', seal.from_xid,
        'before_xid', seal.before_xid, 'next_xid', seal.next_xid, 'n_rows', seal.n_rows, 'total', seal.total,
        'previous', encode(seal.previous, 'hex'), 'rows', (
            select encode(sha256(string_agg(sha256, '' order by log_id)), 'hex')
            from audit.sealed_row where sealed_row.seal = seal.number))::text, 'UTF8'))
$$;

-- Makes the next seal and returns its number: nothing where no row is new, or while another session makes it. Rows of a
-- transaction that still runs, and of all begun after it, wait for a later seal: so no late commit is passed over.
create or replace function audit.make_seal() returns bigint language plpgsql
    security definer set search_path = pg_catalog, pg_temp as $$
declare
    newest  audit.seal;
    made    audit.seal;
    taken   pg_snapshot;
    of_dump xid8;
begin
    if not pg_try_advisory_xact_lock(7210420) then return null; end if;
    select * into newest from audit.seal order by number desc limit 1;
    made.number := coalesce(newest.number, 0) + 1;
    made.at := clock_timestamp();  -- before the snapshot: what begins after it is later than this
    taken := pg_current_snapshot();
    made.from_xid := coalesce(newest.before_xid, '0');
    made.before_xid := pg_snapshot_xmin(taken);
    made.next_xid := pg_snapshot_xmax(taken);
    -- A dump was loaded into a server that counts transactions from the beginning. It may hold rows not sealed before.
    if made.before_xid < made.from_xid then
        of_dump := made.from_xid;
        made.from_xid := '0';
    end if;
    insert into audit.sealed_row (log_id, seal, sha256)
    select id, made.number, audit.row_sha256(entry) from audit.log entry
    where (xid >= made.from_xid and xid < made.before_xid or xid >= of_dump)
      and not exists (select from audit.sealed_row where log_id = entry.id);
    get diagnostics made.n_rows = row_count;
    if made.n_rows = 0 then return null; end if;
    made.total := coalesce(newest.total, 0) + made.n_rows;
    made.previous := coalesce(newest.sha256, '');
    made.sha256 := audit.seal_sha256(made);
    insert into audit.seal select made.*;
    return made.number;
end $$;

-- Rows that wait for their seal, and since when.
create or replace function audit.unsealed(out n_rows bigint, out oldest timestamptz) language sql stable
    security definer set search_path = pg_catalog, pg_temp as $$
    select count(*), min(at) from audit.log entry
    where xid >= coalesce((select before_xid from audit.seal order by number desc limit 1), '0')
      and not exists (select from audit.sealed_row where log_id = entry.id)
$$;

-- The rows that do not agree with their seals, whatever centre they are of: numbers and no contents. The clock of the
-- server may have been set back by up to a minute.
create or replace function audit.disagreeing_rows() returns table (log_id bigint, seal bigint, what text) language sql
    stable security definer set search_path = pg_catalog, pg_temp as $$
    with newest as (select number, before_xid from audit.seal order by number desc limit 1)
    select * from (
        select coalesce(entry.id, sealed.log_id) as log_id, sealed.seal, case
            when entry.id is null then 'deleted'
            when sealed.log_id is null and (
                entry.xid < newest.before_xid
                and exists (select from audit.seal where entry.xid >= from_xid and entry.xid < before_xid)
                or entry.xid >= pg_snapshot_xmax(pg_current_snapshot())
                and entry.xid is distinct from pg_current_xact_id_if_assigned()) then 'inserted'
            when entry.xid >= before.next_xid and entry.at < before.at - interval '1 minute' then 'back-dated'
            when audit.row_sha256(entry) <> sealed.sha256 then 'altered'
        end as what
        from audit.log entry full join audit.sealed_row sealed on sealed.log_id = entry.id
        left join newest on true
        left join audit.seal before on before.number = coalesce(sealed.seal, newest.number + 1) - 1
    ) found where what is not null order by log_id
$$;

-- The seals that do not agree with themselves or with the next, and those that are not there.
create or replace function audit.disagreeing_seals() returns table (number bigint, what text) language sql
    stable security definer set search_path = pg_catalog, pg_temp as $$
    with chain as (
        select seal.number, seal.sha256, seal.previous, audit.seal_sha256(seal) = seal.sha256 as agrees from audit.seal
    ), known as (
        select generate_series(1, greatest((select max(number) from chain), (select max(seal) from audit.sealed_row)))
               as number
    )
    select known.number, case when this.number is null then 'deleted' else 'altered' end
    from known left join chain this using (number) left join chain next on next.number = known.number + 1
    where this.number is null or not this.agrees or (next.agrees and next.previous <> this.sha256)
    order by known.number
$$;

create or replace trigger no_truncate before truncate on audit.seal
    for each statement execute function audit.refuse_truncate();
create or replace trigger no_truncate before truncate on audit.sealed_row
    for each statement execute function audit.refuse_truncate();

revoke all on function audit.row_sha256(audit.log), audit.seal_sha256(audit.seal), audit.make_seal(), audit.unsealed(),
    audit.disagreeing_rows(), audit.disagreeing_seals() from public;
grant execute on function audit.make_seal(), audit.unsealed(), audit.disagreeing_rows(), audit.disagreeing_seals()
    to reg_web;
grant select on audit.seal, audit.sealed_row to reg_web;
reset role;
