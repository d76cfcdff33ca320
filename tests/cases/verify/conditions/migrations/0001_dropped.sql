create table old (id int);
create function old_one() returns int language sql as $$ select 1 $$;
create function tidy() returns void language plpgsql as $$ begin drop table if exists old; drop function old_one(); end $$;
select tidy();
select * from old, old_one();
alter table chains add column name text;
