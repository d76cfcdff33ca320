do $$
declare
  names text[] := array['orders', 'Lines'];
  one text;
  what text := 'log';
begin
  foreach one in array names loop
    execute format('create table %I (id int)', one);
  end loop;
  execute 'create table ' || quote_ident(what || 's') || ' (id int)';
  for one in select unnest(array['orders', 'nowhere']) loop
    execute format('alter table %I add column at timestamptz default %L', one, 'now');
  end loop;
end $$;
select at from orders;
select at from "Lines";
select id from logs;
