DROP PROCEDURE public.named(integer);

DROP FUNCTION public.numbered();

DROP FUNCTION public.tabled();

CREATE OR REPLACE FUNCTION public.costly(x integer)
RETURNS integer
LANGUAGE sql COST 7
AS $$SELECT x$$;

CREATE OR REPLACE FUNCTION public.loaded()
RETURNS language_handler
LANGUAGE c
AS 'plpgsql', 'plpgsql_call_handler';

CREATE OR REPLACE FUNCTION public.many(x integer)
RETURNS SETOF integer
LANGUAGE sql ROWS 10
AS $$SELECT x$$;

CREATE FUNCTION public.numbered()
RETURNS bigint
LANGUAGE internal WINDOW
AS $$window_row_number$$;

CREATE OR REPLACE FUNCTION public.parallel(x integer)
RETURNS integer
LANGUAGE sql PARALLEL SAFE
AS $$SELECT x$$;

CREATE OR REPLACE FUNCTION public.set_with(x integer)
RETURNS integer
LANGUAGE sql SET work_mem TO '8MB'
AS $$SELECT x$$;

CREATE OR REPLACE FUNCTION public.spoken(x integer)
RETURNS integer
LANGUAGE plpgsql
AS $$BEGIN RETURN x; END$$;

CREATE OR REPLACE FUNCTION public.standard(x integer)
RETURNS integer
LANGUAGE sql
RETURN (x + 1);

CREATE OR REPLACE FUNCTION public.steady(x integer)
RETURNS integer
LANGUAGE sql IMMUTABLE
AS $$SELECT x$$;

CREATE OR REPLACE FUNCTION public.strict(x integer)
RETURNS integer
LANGUAGE sql STRICT
AS $$SELECT x$$;

CREATE OR REPLACE FUNCTION public.supported(integer, integer)
RETURNS SETOF integer
LANGUAGE internal STRICT SUPPORT pg_catalog.generate_series_int4_support
AS $$generate_series_int4$$;

CREATE FUNCTION public.tabled()
RETURNS TABLE(a integer, b text)
LANGUAGE sql
AS $$SELECT 1, 'x'$$;

CREATE OR REPLACE FUNCTION public.tight(x integer)
RETURNS integer
LANGUAGE sql LEAKPROOF
AS $$SELECT x$$;

-- WARNING(access): procedure public.defined(): with whose privileges it runs changes
CREATE OR REPLACE PROCEDURE public.defined()
LANGUAGE sql SECURITY DEFINER
AS $$SELECT 1$$;

CREATE PROCEDURE public.named(y integer)
LANGUAGE sql
AS $$SELECT y$$;

CREATE OR REPLACE PROCEDURE public.set_too()
LANGUAGE sql SET search_path TO 'public'
AS $$SELECT 1$$;

CREATE OR REPLACE PROCEDURE public.spoken_to(x integer)
LANGUAGE plpgsql
AS $$BEGIN END$$;

CREATE OR REPLACE PROCEDURE public.standard_too(x integer)
LANGUAGE sql
BEGIN ATOMIC
 SELECT x AS x;
END;

CREATE OR REPLACE PROCEDURE public.swept()
LANGUAGE sql
AS $$SELECT 2$$;
