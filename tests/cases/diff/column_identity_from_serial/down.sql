ALTER SEQUENCE public.t_id_seq RENAME TO t_id_seq_old;

CREATE SEQUENCE public.t_id_seq AS integer;

ALTER SEQUENCE public.t_id_seq OWNED BY public.t.id;

SELECT pg_catalog.setval('public.t_id_seq', greatest(max(id)::bigint + 1, 1), false) FROM public.t;
SELECT pg_catalog.setval('public.t_id_seq', o.last_value, o.is_called) FROM public.t_id_seq_old o, public.t_id_seq n WHERE o.last_value >= n.last_value;

ALTER TABLE public.t ALTER COLUMN id DROP IDENTITY;
ALTER TABLE public.t ALTER COLUMN id SET DEFAULT nextval('public.t_id_seq'::regclass);
