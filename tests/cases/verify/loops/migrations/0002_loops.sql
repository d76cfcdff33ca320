do $$
declare i int; t record;
begin
  for i in 1..2 loop
    execute format('create table %I partition of events for values from (%L) to (%L)', 'events_' || i,
                   make_date(2024, i, 1), make_date(2024, i, 1) + interval '1 month');
    call part('shard', i);
  end loop;
  for t in select tablename from pg_tables where schemaname = 'public' and tablename like 'shard%' loop
    execute format('alter table %I add column note text', t.tablename);
  end loop;
end $$;
