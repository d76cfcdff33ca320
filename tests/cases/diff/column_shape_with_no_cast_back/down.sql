-- WARNING(may-fail): column public.plots.outline from point to polygon: fails where a value does not fit
-- WARNING(data-loss): column public.plots.outline from point to polygon: not every value can be had back from what it becomes
-- WARNING(rewrite): column public.plots.outline from point to polygon: rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.plots.path_on from point to lseg: fails where a value does not fit
-- WARNING(data-loss): column public.plots.path_on from point to lseg: not every value can be had back from what it becomes
-- WARNING(rewrite): column public.plots.path_on from point to lseg: rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.plots.extra from text[] to jsonb: fails where a value does not fit
-- WARNING(data-loss): column public.plots.extra from text[] to jsonb: not every value can be had back from what it becomes
-- WARNING(rewrite): column public.plots.extra from text[] to jsonb: rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.plots.owner from bigint to oid: fails where a value does not fit
-- WARNING(data-loss): column public.plots.owner from bigint to oid: not every value can be had back from what it becomes
-- WARNING(rewrite): column public.plots.owner from bigint to oid: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.plots ALTER COLUMN outline TYPE polygon USING outline::text::polygon,
    ALTER COLUMN path_on TYPE lseg USING path_on::text::lseg,
    ALTER COLUMN extra TYPE jsonb USING extra::text::jsonb,
    ALTER COLUMN owner TYPE oid USING owner::oid;
