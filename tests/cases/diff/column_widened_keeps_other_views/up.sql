DROP VIEW public.only_a;

-- WARNING(rewrite): column public.t.a from integer to bigint: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.t ALTER COLUMN a TYPE bigint;

CREATE VIEW public.only_a AS
SELECT t.a
   FROM public.t;
