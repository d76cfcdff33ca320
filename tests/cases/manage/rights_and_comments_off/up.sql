DROP VIEW public.names;

CREATE TABLE public.fresh (
    id integer
);

-- WARNING(may-fail): column public.people.name from text to character varying(80): fails where a value does not fit
-- WARNING(data-loss): column public.people.name from text to character varying(80): blanks at the end that are too many are cut
-- WARNING(rewrite): column public.people.name from text to character varying(80): rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.people ALTER COLUMN name TYPE character varying(80);

CREATE OR REPLACE FUNCTION public.f()
RETURNS integer
LANGUAGE sql
AS $$SELECT 2$$;

CREATE VIEW public.names AS
SELECT people.name
   FROM public.people;

GRANT SELECT ON TABLE public.names TO monitor;
COMMENT ON VIEW public.names IS 'for lists';
