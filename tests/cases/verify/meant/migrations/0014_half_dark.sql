-- Up Migration
do $$ begin execute current_setting('x.y'); end $$;
alter type mood add value 'middling';
-- Down Migration
select 1;
