-- Who acts, read from the setting app.ctx of the transaction:
-- {"user": "7", "name": "datamanager-03", "role": "data_manager", "read": [3] or "all", "write": [3], "reason": "..."}
set role reg_audit;

-- A custom setting is '' and not NULL once a transaction that set it has ended: hence the nullif.
create or replace function audit.context() returns jsonb language sql stable set search_path = pg_catalog as
$$ select nullif(current_setting('app.ctx', true), '')::jsonb $$;

create or replace function audit.reads_all() returns boolean language sql stable set search_path = pg_catalog as
$$ select coalesce(audit.context() ->> 'read' = 'all', false) $$;

create or replace function audit.centres(claim text) returns int[] language sql stable set search_path = pg_catalog as $$
    select case when jsonb_typeof(audit.context() -> claim) = 'array'
                then array(select value::int from jsonb_array_elements_text(audit.context() -> claim))
                else '{}'::int[] end
$$;

create or replace function audit.acting_role() returns text language sql stable set search_path = pg_catalog as
$$ select coalesce(audit.context() ->> 'role', '') $$;

alter table audit.log enable row level security;  -- not forced: the trigger's insert, as owner, must pass
drop policy if exists by_audience on audit.log;
create policy by_audience on audit.log for select using (
    (audience = 'centre' and ((select audit.reads_all()) or centre = any ((select audit.centres('read'))::int[])))
    or (audience = 'coordination' and (select audit.reads_all()))
    or (audience = 'administration' and (select audit.acting_role()) = 'administrator')
);
reset role;
