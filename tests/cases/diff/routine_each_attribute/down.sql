DROP PROCEDURE public.named(integer);

DROP FUNCTION public.numbered();

DROP FUNCTION public.tabled();

CREATE OR REPLACE FUNCTION public.costly(x integer)
RETURNS integer
LANGUAGE sql
AS $$SELECT x$$;

CREATE OR REPLACE FUNCTION public.loaded()
RETURNS language_handler
LANGUAGE c
AS '$libdir/plpgsql', 'plpgsql_call_handler';

CREATE OR REPLACE FUNCTION public.many(x integer)
RETURNS SETOF integer
LANGUAGE sql
AS $$SELECT x$$;

CREATE FUNCTION public.numbered()
RETURNS bigint
LANGUAGE internal
AS $$window_row_number$$;

CREATE OR REPLACE FUNCTION public.parallel(x integer)
RETURNS integer
LANGUAGE sql
AS $$SELECT x$$;

CREATE OR REPLACE FUNCTION public.set_with(x integer)
RETURNS integer
LANGUAGE sql
AS $$SELECT x$$;

CREATE OR REPLACE FUNCTION public.spoken(x integer)
RETURNS integer
LANGUAGE sql
AS $$SELECT x$$;

CREATE OR REPLACE FUNCTION public.standard(x integer)
RETURNS integer
LANGUAGE sql
AS $$SELECT x$$;

CREATE OR REPLACE FUNCTION public.steady(x integer)
RETURNS integer
LANGUAGE sql
AS $$SELECT x$$;

CREATE OR REPLACE FUNCTION public.strict(x integer)
RETURNS integer
LANGUAGE sql
AS $$SELECT x$$;

CREATE OR REPLACE FUNCTION public.supported(integer, integer)
RETURNS SETOF integer
LANGUAGE internal STRICT
AS $$generate_series_int4$$;

CREATE FUNCTION public.tabled()
RETURNS TABLE(a integer)
LANGUAGE sql
AS $$SELECT 1$$;

CREATE OR REPLACE FUNCTION public.tight(x integer)
RETURNS integer
LANGUAGE sql
AS $$SELECT x$$;

-- WARNING(access): procedure public.defined(): with whose privileges it runs changes
CREATE OR REPLACE PROCEDURE public.defined()
LANGUAGE sql
AS $$SELECT 1$$;

CREATE PROCEDURE public.named(x integer)
LANGUAGE sql
AS $$SELECT x$$;

CREATE OR REPLACE PROCEDURE public.set_too()
LANGUAGE sql
AS $$SELECT 1$$;

CREATE OR REPLACE PROCEDURE public.spoken_to(x integer)
LANGUAGE sql
AS $$SELECT x$$;

CREATE OR REPLACE PROCEDURE public.standard_too(x integer)
LANGUAGE sql
AS $$SELECT x$$;

CREATE OR REPLACE PROCEDURE public.swept()
LANGUAGE sql
AS $$SELECT 1$$;
