DROP VIEW public.w;

ALTER TABLE public.s DROP CONSTRAINT s_v_check;

-- WARNING(may-fail): column public.s.v from bigint to integer: fails where a value does not fit
-- WARNING(rewrite): column public.s.v from bigint to integer: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.s ALTER COLUMN v TYPE integer;

CREATE VIEW public.w AS
SELECT s.d
FROM public.s
WHERE s.d BETWEEN '2020-01-01'::date AND '2021-01-01'::date
  AND (s.v < 1 OR s.v > 3);
