create function f(a int) returns int language sql as $$ select a $$;
create or replace function f(a int) returns integer language sql as $$ select a + 1 $$;
create or replace function f(a int) returns bigint language sql as $$ select a::bigint $$;
create function t() returns table (id int, name text) language sql as $$ select 1, 'a' $$;
create or replace function t() returns table (id int, name text) language sql as $$ select 2, 'b' $$;
create or replace function t() returns table (id int, title text) language sql as $$ select 2, 'b' $$;
