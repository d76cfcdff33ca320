-- Up Migration
do $$ begin execute current_setting('x.y'); create table t9 (id int); end $$;
-- Down Migration
select 1;
