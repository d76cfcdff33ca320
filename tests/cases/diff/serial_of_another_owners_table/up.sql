CREATE SEQUENCE public.t_id_seq AS integer;

DO $$BEGIN EXECUTE pg_catalog.format('ALTER SEQUENCE public.t_id_seq OWNER TO %s', (SELECT c.relowner::pg_catalog.regrole FROM pg_catalog.pg_class c WHERE c.oid OPERATOR(pg_catalog.=) 'public.t'::pg_catalog.regclass)); END$$;
ALTER SEQUENCE public.t_id_seq OWNED BY public.t.id;

SELECT pg_catalog.setval('public.t_id_seq', greatest(max(id)::bigint + 1, 1), false) FROM public.t;

ALTER TABLE public.t ALTER COLUMN id SET DEFAULT nextval('public.t_id_seq'::regclass);
