ALTER TABLE public.t RENAME TO t_old;

DROP VIEW public.whole;

CREATE TABLE public.t (
    id integer NOT NULL,
    b integer
);

ALTER SEQUENCE public.t_id_seq OWNED BY NONE;
DO $$BEGIN EXECUTE pg_catalog.format('ALTER SEQUENCE public.t_id_seq OWNER TO %s', (SELECT c.relowner::pg_catalog.regrole FROM pg_catalog.pg_class c WHERE c.oid OPERATOR(pg_catalog.=) 'public.t'::pg_catalog.regclass)); END$$;
ALTER SEQUENCE public.t_id_seq OWNED BY public.t.id;

ALTER TABLE public.t ALTER COLUMN id SET DEFAULT nextval('public.t_id_seq'::regclass);

-- WARNING(rewrite): table public.t: copies every row into a new table of the name; nobody reads or writes it until all of this is committed
INSERT INTO public.t (id, b)
SELECT id, b FROM public.t_old;

CREATE OR REPLACE VIEW public.parts AS
SELECT t.b
   FROM public.t;

DROP TABLE public.t_old;

CREATE VIEW public.whole AS
SELECT t.*::public.t AS t
   FROM public.t;

ALTER TABLE public.t OWNER TO pg_monitor;
