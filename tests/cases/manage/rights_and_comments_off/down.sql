DROP VIEW public.names;

ALTER TABLE public.people ALTER COLUMN name TYPE text;

CREATE OR REPLACE FUNCTION public.f()
RETURNS integer
LANGUAGE sql
AS $$SELECT 1$$;

CREATE VIEW public.names AS
SELECT people.name
   FROM public.people;

GRANT SELECT ON TABLE public.names TO monitor;
COMMENT ON VIEW public.names IS 'for lists';

-- WARNING(data-loss): drops table public.fresh and the data in it
DROP TABLE public.fresh;
