-- Up Migration
create or replace function one() returns int language sql as $$ select 3 $$;
-- Down Migration
do $$ begin execute current_setting('x.y'); end $$;
create or replace function one() returns int language sql as $$ select 4 $$;
