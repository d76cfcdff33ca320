ALTER TABLE public.t ALTER COLUMN id DROP DEFAULT;

DROP SEQUENCE public.t_id_seq;

-- WARNING(rewrite): column public.t.id from integer to bigint: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.t ALTER COLUMN id TYPE bigint;

ALTER TABLE public.t ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;
SELECT pg_catalog.setval('public.t_id_seq', greatest(max(id)::bigint + 1, 1), false) FROM public.t;
