ALTER MATERIALIZED VIEW public.mv NO DEPENDS ON EXTENSION hstore;

ALTER FUNCTION public.total(integer) NO DEPENDS ON EXTENSION hstore;

ALTER PROCEDURE public.p(integer) NO DEPENDS ON EXTENSION hstore;

CREATE EXTENSION citext;

-- WARNING(may-fail): column public.t.a from bigint to integer: fails where a value does not fit
-- WARNING(rewrite): column public.t.a from bigint to integer: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.t ALTER COLUMN a TYPE integer;

ALTER INDEX public.t_a_key DEPENDS ON EXTENSION hstore;
ALTER INDEX public.t_a DEPENDS ON EXTENSION hstore;
ALTER INDEX public.t_pkey DEPENDS ON EXTENSION hstore;
ALTER TRIGGER tr ON public.t DEPENDS ON EXTENSION hstore;

CREATE FUNCTION public.dropped()
RETURNS integer
LANGUAGE sql
AS $$SELECT 1$$;

ALTER FUNCTION public.dropped() DEPENDS ON EXTENSION citext;

ALTER FUNCTION public.left_alone() DEPENDS ON EXTENSION citext;

CREATE OR REPLACE FUNCTION public.replaced()
RETURNS integer
LANGUAGE sql
AS $$SELECT 1$$;

ALTER FUNCTION public.replaced() DEPENDS ON EXTENSION hstore;
ALTER FUNCTION public.replaced() DEPENDS ON EXTENSION citext;
