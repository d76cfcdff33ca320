DROP VIEW public.w;

-- WARNING(rewrite): column public.s.v from integer to bigint: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.s ALTER COLUMN v TYPE bigint;

-- WARNING(may-fail): check public.s.s_v_check: fails where a row breaks it
ALTER TABLE public.s ADD CONSTRAINT s_v_check CHECK (v > 0 AND v BETWEEN 1 AND 100 OR v IS NULL);

CREATE VIEW public.w AS
SELECT s.d
FROM public.s
WHERE s.d BETWEEN '2020-01-01'::date AND '2021-01-01'::date
  AND (s.v < 1 OR s.v > 3);
