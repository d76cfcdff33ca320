CREATE SEQUENCE public.comes_id_seq AS integer;

CREATE SEQUENCE public.comes_otherwise_id_seq AS integer;

ALTER SEQUENCE public.emptied_id_seq SET LOGGED;

ALTER SEQUENCE public.free SET UNLOGGED;

ALTER SEQUENCE public.stays_id_seq SET UNLOGGED;

ALTER SEQUENCE public.was_unlogged SET LOGGED;

-- WARNING(rewrite): table public.changes: copies every row of the table under an exclusive lock
ALTER TABLE public.changes SET LOGGED;

ALTER SEQUENCE public.changes_id_seq SET UNLOGGED;

ALTER SEQUENCE public.changes_l_seq SET UNLOGGED;

CREATE UNLOGGED TABLE public.comes (
    id integer DEFAULT nextval('public.comes_id_seq'::regclass) NOT NULL,
    k integer GENERATED ALWAYS AS IDENTITY NOT NULL
);

ALTER SEQUENCE public.comes_id_seq OWNED BY public.comes.id;
DO $$BEGIN IF pg_catalog.current_setting('server_version_num')::pg_catalog.int4 OPERATOR(pg_catalog.>=) 150000 THEN EXECUTE 'ALTER SEQUENCE public.comes_id_seq SET UNLOGGED'; END IF; END$$;

CREATE UNLOGGED TABLE public.comes_otherwise (
    id integer DEFAULT nextval('public.comes_otherwise_id_seq'::regclass) NOT NULL,
    k integer GENERATED ALWAYS AS IDENTITY NOT NULL
);

ALTER SEQUENCE public.comes_otherwise_id_seq OWNED BY public.comes_otherwise.id;
ALTER SEQUENCE public.comes_otherwise_k_seq SET LOGGED;

ALTER SEQUENCE public.emptied_k_seq SET LOGGED;

ALTER SEQUENCE public.stays_k_seq SET UNLOGGED;
