DROP FUNCTION public.dropped();

ALTER FUNCTION public.left_alone() NO DEPENDS ON EXTENSION citext;

ALTER FUNCTION public.replaced() NO DEPENDS ON EXTENSION citext;

ALTER INDEX public.t_pkey NO DEPENDS ON EXTENSION hstore;
ALTER TRIGGER tr ON public.t NO DEPENDS ON EXTENSION hstore;

DROP EXTENSION citext;

-- WARNING(rewrite): column public.t.a from integer to bigint: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.t ALTER COLUMN a TYPE bigint;

ALTER INDEX public.t_a_key DEPENDS ON EXTENSION hstore;
ALTER INDEX public.t_a DEPENDS ON EXTENSION hstore;

CREATE OR REPLACE FUNCTION public.replaced()
RETURNS integer
LANGUAGE sql
AS $$SELECT 2$$;

ALTER FUNCTION public.replaced() DEPENDS ON EXTENSION hstore;

ALTER PROCEDURE public.p(integer) DEPENDS ON EXTENSION hstore;

ALTER FUNCTION public.total(integer) DEPENDS ON EXTENSION hstore;

ALTER MATERIALIZED VIEW public.mv DEPENDS ON EXTENSION hstore;
