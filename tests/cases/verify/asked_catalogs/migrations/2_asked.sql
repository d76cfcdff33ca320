do $$
begin
  if (select count(*) = 2 from pg_indexes where indexname in ('orders_first', 'orders_third') and schemaname = 'public') then
    drop index orders_first;
  elsif exists (select 1 from pg_indexes where indexname = 'orders_first') then
    alter index orders_first rename to orders_third;
  else
    create index orders_third on orders (id);
  end if;
  if not exists (select from information_schema.columns where table_name = 'orders' and column_name = 'new_name') then
    alter table orders rename column old_name to new_name;
  end if;
end $$;
