do $$ begin
  create type mood as enum ('sad', 'glad');
exception when duplicate_object then null;
end $$;
create table people (state mood not null);
do $$ begin
  if exists (select 1 from pg_class where relname = 'maybe') then
    alter table maybe add column x integer;
  end if;
end $$;
do $$ begin execute format('create table %I (id bigint)', 'made_' || 'here'); end $$;
select * from made_here;
