create table t (a int, b int);
create function touch() returns trigger language plpgsql as 'begin return new; end';
create trigger g before insert or update of a on t for each row when (new.a > 0) execute function touch();
