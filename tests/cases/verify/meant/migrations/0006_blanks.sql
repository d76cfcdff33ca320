-- Up Migration
create or replace function one() returns int language sql as $$ select 2 $$;
-- Down Migration
create or replace function one() returns int language sql as $$
  select 1
$$;
