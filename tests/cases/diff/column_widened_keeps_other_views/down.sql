DROP VIEW public.only_a;

-- WARNING(may-fail): column public.t.a from bigint to integer: fails where a value does not fit
-- WARNING(rewrite): column public.t.a from bigint to integer: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.t ALTER COLUMN a TYPE integer;

CREATE VIEW public.only_a AS
SELECT t.a
   FROM public.t;
