ALTER TABLE public.t ALTER COLUMN id DROP IDENTITY;

CREATE SEQUENCE public.t_id_seq AS integer;

-- WARNING(may-fail): column public.t.id from bigint to integer: fails where a value does not fit
-- WARNING(rewrite): column public.t.id from bigint to integer: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.t ALTER COLUMN id TYPE integer;

ALTER SEQUENCE public.t_id_seq OWNED BY public.t.id;

SELECT pg_catalog.setval('public.t_id_seq', greatest(max(id)::bigint + 1, 1), false) FROM public.t;

ALTER TABLE public.t ALTER COLUMN id SET DEFAULT nextval('public.t_id_seq'::regclass);
