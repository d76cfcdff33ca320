DO $$BEGIN IF pg_catalog.current_setting('server_version_num')::pg_catalog.int4 OPERATOR(pg_catalog.>=) 150000 THEN EXECUTE 'ALTER SEQUENCE public.emptied_id_seq SET UNLOGGED'; END IF; END$$;

ALTER SEQUENCE public.free SET LOGGED;

ALTER SEQUENCE public.stays_id_seq SET LOGGED;

ALTER SEQUENCE public.was_unlogged SET UNLOGGED;

-- WARNING(rewrite): table public.changes: copies every row of the table under an exclusive lock
-- WARNING(data-loss): table public.changes: a crash of the server empties it from then on, and replicas have no rows of it
ALTER TABLE public.changes SET UNLOGGED;

ALTER SEQUENCE public.changes_id_seq SET LOGGED;

ALTER SEQUENCE public.changes_k_seq SET LOGGED;

DO $$BEGIN IF pg_catalog.current_setting('server_version_num')::pg_catalog.int4 OPERATOR(pg_catalog.>=) 150000 THEN EXECUTE 'ALTER SEQUENCE public.emptied_k_seq SET UNLOGGED'; END IF; END$$;

ALTER SEQUENCE public.stays_k_seq SET LOGGED;

-- WARNING(data-loss): drops table public.comes and the data in it
DROP TABLE public.comes;

-- WARNING(data-loss): drops table public.comes_otherwise and the data in it
DROP TABLE public.comes_otherwise;
