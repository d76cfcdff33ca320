-- Up Migration
create table dark (id int);
-- Down Migration
do $$ begin execute current_setting('x.y'); end $$;
