DROP VIEW public.on_foreign;

ALTER TABLE public.by_check DROP CONSTRAINT gone;
ALTER TABLE public.by_check DROP CONSTRAINT other;

ALTER TABLE public.by_column ALTER COLUMN id DROP NOT NULL;
ALTER TABLE public.by_column DROP COLUMN gone;

ALTER FOREIGN TABLE public.by_column_options ALTER COLUMN t OPTIONS (DROP column_name);

DROP FOREIGN TABLE public.by_server;

DROP FOREIGN TABLE public.by_view;

-- WARNING(data-loss): drops foreign table public.dropped and its password, which quoin does not know
DROP FOREIGN TABLE public.dropped;

ALTER TABLE public.by_check ADD CONSTRAINT other CHECK (id > 2);
ALTER TABLE public.by_check ADD CONSTRAINT own CHECK (id < 9) NO INHERIT;

ALTER TABLE public.by_column ALTER COLUMN narrow TYPE bigint;
ALTER TABLE public.by_column ADD COLUMN added text NOT NULL;
ALTER TABLE public.by_column ALTER COLUMN renamed TYPE text COLLATE pg_catalog."C";
ALTER TABLE public.by_column ALTER COLUMN narrow SET DEFAULT 1;

ALTER FOREIGN TABLE public.by_column_options ALTER COLUMN id OPTIONS (SET column_name 'id', ADD "odd name" 'it''s', DROP gone);

-- WARNING(secret): column public.by_column_options.plain gets no password: set that by hand, for quoin writes no secrets
ALTER FOREIGN TABLE public.by_column_options ALTER COLUMN plain OPTIONS (ADD column_name 'text');

COMMENT ON FOREIGN TABLE public.by_comment IS 'far away';
COMMENT ON COLUMN public.by_comment.id IS 'a number there';

-- WARNING(access): gives SELECT on foreign table public.by_grant to everybody
GRANT SELECT ON TABLE public.by_grant TO PUBLIC;

-- WARNING(access): gives UPDATE (t) on column public.by_grant.t to everybody
GRANT UPDATE (t) ON TABLE public.by_grant TO PUBLIC;

ALTER FOREIGN TABLE public.by_options OPTIONS (SET schema_name 'b', ADD table_name 'x=y', DROP gone);

CREATE FOREIGN TABLE public.by_server (
    id integer
) SERVER two;

COMMENT ON FOREIGN TABLE public.by_server IS 'comes back with it';

CREATE TRIGGER touched BEFORE INSERT ON public.by_trigger FOR EACH ROW EXECUTE FUNCTION public.touch();
ALTER TABLE public.by_trigger DISABLE TRIGGER touched;

CREATE FOREIGN TABLE public.by_view (
    id integer
) SERVER two;

-- WARNING(secret): foreign table public.created gets no password: set that by hand, for quoin writes no secrets
CREATE FOREIGN TABLE public.created (
    id integer DEFAULT 4,
    g integer GENERATED ALWAYS AS (id + 1) STORED
) SERVER two;

ALTER TABLE public.parted DETACH PARTITION public.parted_1;
ALTER TABLE public.parted_1 ALTER COLUMN v DROP DEFAULT;

ALTER TABLE public.parted_2 ALTER COLUMN v SET DEFAULT 'x'::text;

ALTER TABLE public.parted ATTACH PARTITION public.parted_2 FOR VALUES FROM (10) TO (20);

CREATE FOREIGN TABLE public.parted_3 PARTITION OF public.parted DEFAULT SERVER two OPTIONS (table_name 'p');
ALTER FOREIGN TABLE public.parted_3 ALTER COLUMN v OPTIONS (ADD column_name 'w');
ALTER TABLE public.parted_3 ALTER COLUMN v SET DEFAULT 'own'::text;

CREATE VIEW public.on_foreign AS
SELECT by_view.id
   FROM public.by_view;
