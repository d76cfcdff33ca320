create schema app;
create table app.people (id int);
create table members (id int);
create function own_path() returns setof int language sql set search_path = 'app' as $$ select id from people $$;
create function no_column() returns setof int language sql as $$ select nope from members $$;
