DROP VIEW public.seen;

CREATE SEQUENCE public.fresh_id_seq AS integer;

CREATE SEQUENCE public.kept_number_seq AS integer;

CREATE TABLE public.fresh (
    id integer DEFAULT nextval('public.fresh_id_seq'::regclass) NOT NULL
);

DO $$BEGIN EXECUTE pg_catalog.format('ALTER SEQUENCE public.fresh_id_seq OWNER TO %s', (SELECT c.relowner::pg_catalog.regrole FROM pg_catalog.pg_class c WHERE c.oid OPERATOR(pg_catalog.=) 'public.fresh'::pg_catalog.regclass)); END$$;
ALTER SEQUENCE public.fresh_id_seq OWNED BY public.fresh.id;

-- WARNING(rewrite): column public.kept.n from integer to bigint: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.kept ALTER COLUMN n TYPE bigint;

-- WARNING(rewrite): column public.kept.number gets a value of its own in each row: rewrites the table under an exclusive lock
ALTER TABLE public.kept ADD COLUMN number integer DEFAULT nextval('public.kept_number_seq'::regclass) NOT NULL;

DO $$BEGIN EXECUTE pg_catalog.format('ALTER SEQUENCE public.kept_number_seq OWNER TO %s', (SELECT c.relowner::pg_catalog.regrole FROM pg_catalog.pg_class c WHERE c.oid OPERATOR(pg_catalog.=) 'public.kept'::pg_catalog.regclass)); END$$;
ALTER SEQUENCE public.kept_number_seq OWNED BY public.kept.number;

CREATE VIEW public.seen AS
SELECT kept.n
   FROM public.kept;

ALTER TABLE public.fresh OWNER TO app;
GRANT SELECT ON TABLE public.fresh TO monitor;

ALTER VIEW public.seen OWNER TO boss;
GRANT SELECT ON TABLE public.seen TO monitor;
