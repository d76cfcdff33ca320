DROP VIEW public.totals;

-- WARNING(rewrite): column public.orders.total from integer to bigint: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.orders ALTER COLUMN total TYPE bigint;

CREATE VIEW public.totals AS
SELECT orders.id,
    orders.total
   FROM public.orders;

-- WARNING(access): gives SELECT on view public.totals to everybody
GRANT SELECT ON TABLE public.totals TO PUBLIC;
