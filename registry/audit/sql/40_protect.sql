-- Puts a table under the trail and, where it carries centre_id, under centre isolation. Run by the owner of the table
-- after each migration; running it again changes nothing.
set role reg_audit;

create or replace function audit.protect(
    target regclass, audience text, key_column text, ignored text, redacted text, by_centre boolean
) returns void language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
    execute format('create or replace trigger aa_actor before insert or update or delete on %s
                    for each statement execute function audit.require_actor()', target);
    execute format('create or replace trigger zz_audit after insert or update or delete on %s
                    for each row execute function audit.record_change(%L, %L, %L, %L)',
                   target, audience, key_column, ignored, redacted);
    execute format('create or replace trigger zz_no_truncate before truncate on %s
                    for each statement execute function audit.refuse_truncate()', target);
    execute format('alter table %s enable always trigger aa_actor, enable always trigger zz_audit,
                    enable always trigger zz_no_truncate', target);
    if by_centre then
        perform audit.isolate_by_centre(target);
    end if;
end $$;

-- For the tables of forms: closed while frozen, and for a locked patient.
create or replace function audit.close_with_registry(target regclass) returns void language plpgsql
    set search_path = pg_catalog, pg_temp as $$
begin
    execute format('create or replace trigger ab_closed before insert or update or delete on %s
                    for each row execute function audit.refuse_when_closed()', target);
    execute format('alter table %s enable always trigger ab_closed', target);
end $$;

-- For what a person keeps for oneself: rows carry user_id.
create or replace function audit.isolate_by_user(target regclass) returns void language plpgsql
    set search_path = pg_catalog, pg_temp as $$
declare
    own constant text := 'user_id::text = (select audit.context() ->> ''user'')';
begin
    execute format('alter table %s enable row level security, force row level security', target);
    execute format('drop policy if exists own_rows on %s', target);
    execute format('create policy own_rows on %s using (%s) with check (%s)', target, own, own);
end $$;

-- For what concerns patients of all centres together: only who reads all of them.
create or replace function audit.isolate_from_centres(target regclass) returns void language plpgsql
    set search_path = pg_catalog, pg_temp as $$
begin
    execute format('alter table %s enable row level security, force row level security', target);
    execute format('drop policy if exists all_centres on %s', target);
    execute format('create policy all_centres on %s using ((select audit.reads_all()))', target);
end $$;

create or replace function audit.isolate_by_centre(target regclass) returns void language plpgsql
    set search_path = pg_catalog, pg_temp as $$
declare
    readable constant text := '(select audit.reads_all()) or centre_id = any ((select audit.centres(''read''))::int[])';
    writable constant text := 'centre_id = any ((select audit.centres(''write''))::int[])';
    together constant text := 'not is_across_centres or (select audit.reads_all())';
begin
    execute format('alter table %s enable row level security, force row level security', target);
    execute format('drop policy if exists read_centre on %s', target);
    execute format('drop policy if exists insert_centre on %s', target);
    execute format('drop policy if exists update_centre on %s', target);
    execute format('drop policy if exists delete_centre on %s', target);
    execute format('create policy read_centre on %s for select using (%s)', target, readable);
    execute format('create policy insert_centre on %s for insert with check (%s)', target, writable);
    execute format('create policy update_centre on %s for update using (%s) with check (%s)', target, readable, writable);
    execute format('create policy delete_centre on %s for delete using (%s)', target, writable);
    execute format('drop policy if exists across_centres on %s', target);
    -- What concerns patients of two centres: neither of them may learn from it that the other has such a patient.
    if exists (select from pg_attribute where attrelid = target and attname = 'is_across_centres') then
        execute format('create policy across_centres on %s as restrictive using (%s)', target, together);
    end if;
end $$;
reset role;
