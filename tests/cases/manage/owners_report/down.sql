DROP VIEW public.seen;

-- WARNING(may-fail): column public.kept.n from bigint to integer: fails where a value does not fit
-- WARNING(rewrite): column public.kept.n from bigint to integer: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.kept ALTER COLUMN n TYPE integer;

CREATE VIEW public.seen AS
SELECT kept.n
   FROM public.kept;

-- WARNING(data-loss): drops table public.fresh and the data in it
DROP TABLE public.fresh;

-- WARNING(data-loss): drops column public.kept.number and the data in it
ALTER TABLE public.kept DROP COLUMN number;

ALTER VIEW public.seen OWNER TO boss;
GRANT SELECT ON TABLE public.seen TO monitor;
