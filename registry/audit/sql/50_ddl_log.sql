-- Whoever alters a table or drops a trigger leaves a line. Only a superuser can create or disable an event trigger.
set role reg_audit;
create or replace function audit.log_ddl() returns event_trigger language plpgsql
    security definer set search_path = pg_catalog, pg_temp as $$
begin
    if tg_event = 'sql_drop' then
        insert into audit.ddl_log (command, object)
        select tg_tag, object_identity from pg_event_trigger_dropped_objects() where original;
    else
        insert into audit.ddl_log (command, object)
        select command_tag, object_identity from pg_event_trigger_ddl_commands();
    end if;
end $$;
reset role;

drop event trigger if exists audit_ddl;
create event trigger audit_ddl on ddl_command_end execute function audit.log_ddl();
drop event trigger if exists audit_drop;
create event trigger audit_drop on sql_drop execute function audit.log_ddl();
