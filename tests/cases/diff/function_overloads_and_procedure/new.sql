create function f(a text, b int default 2) returns int language sql as 'select 1';
create function f(a int) returns int language sql as 'select 1';
create procedure p(inout x int) language plpgsql as $$ begin x := x + 1; end $$;
