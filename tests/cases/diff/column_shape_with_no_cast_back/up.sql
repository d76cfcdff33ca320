-- WARNING(may-fail): column public.plots.outline from polygon to point: fails where a value does not fit
-- WARNING(data-loss): column public.plots.outline from polygon to point: not every value can be had back from what it becomes
-- WARNING(rewrite): column public.plots.outline from polygon to point: rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.plots.path_on from lseg to point: fails where a value does not fit
-- WARNING(data-loss): column public.plots.path_on from lseg to point: not every value can be had back from what it becomes
-- WARNING(rewrite): column public.plots.path_on from lseg to point: rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.plots.extra from jsonb to text[]: fails where a value does not fit
-- WARNING(data-loss): column public.plots.extra from jsonb to text[]: not every value can be had back from what it becomes
-- WARNING(rewrite): column public.plots.extra from jsonb to text[]: rewrites or scans every row of the table under an exclusive lock
-- WARNING(rewrite): column public.plots.owner from oid to bigint: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.plots ALTER COLUMN outline TYPE point USING outline::point,
    ALTER COLUMN path_on TYPE point USING path_on::point,
    ALTER COLUMN extra TYPE text[] USING extra::text::text[],
    ALTER COLUMN owner TYPE bigint USING owner::bigint;
