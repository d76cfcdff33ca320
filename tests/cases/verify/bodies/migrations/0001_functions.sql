-- The server reads a body in SQL when the function is made; one in PL/pgSQL when it runs.
create function later() returns bigint language sql as $$ select count(*) from members $$;
create function when_run() returns bigint language plpgsql as $$ begin return (select count(*) from members); end $$;
create function any_type(x anyelement) returns bigint language sql as $$ select count(*) from members $$;
set check_function_bodies = off;
create function unchecked() returns bigint language sql as $$ select count(*) from members $$;
reset check_function_bodies;
create function by_argument(who int) returns bigint language sql as $$ select count(*) from later() where who > 0 $$;
