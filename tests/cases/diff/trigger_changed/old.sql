create table t (a int, b int);
create function touch() returns trigger language plpgsql as 'begin return new; end';
create trigger g before insert on t for each row execute function touch();
