-- WARNING(access): takes SELECT on view public.totals from everybody
DROP VIEW public.totals;

-- WARNING(may-fail): column public.orders.total from bigint to integer: fails where a value does not fit
-- WARNING(rewrite): column public.orders.total from bigint to integer: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.orders ALTER COLUMN total TYPE integer;

CREATE VIEW public.totals AS
SELECT orders.id,
    orders.total
   FROM public.orders;
