create function f(a text) returns int language sql as $$ select 1 $$;
drop function f;
