DROP VIEW public.on_foreign;

ALTER TABLE public.by_check DROP CONSTRAINT other;
ALTER TABLE public.by_check DROP CONSTRAINT own;

ALTER TABLE public.by_column ALTER COLUMN narrow DROP DEFAULT;
ALTER TABLE public.by_column DROP COLUMN added;

ALTER FOREIGN TABLE public.by_column_options ALTER COLUMN plain OPTIONS (DROP column_name);

COMMENT ON FOREIGN TABLE public.by_comment IS NULL;
COMMENT ON COLUMN public.by_comment.id IS NULL;

-- WARNING(access): takes UPDATE (t) on column public.by_grant.t from everybody
REVOKE UPDATE (t) ON TABLE public.by_grant FROM PUBLIC;

-- WARNING(access): takes SELECT on foreign table public.by_grant from everybody
REVOKE SELECT ON TABLE public.by_grant FROM PUBLIC;

DROP FOREIGN TABLE public.by_server;

DROP TRIGGER touched ON public.by_trigger;

DROP FOREIGN TABLE public.by_view;

-- WARNING(data-loss): drops foreign table public.created and its password, which quoin does not know
DROP FOREIGN TABLE public.created;

DROP FOREIGN TABLE public.parted_3;

ALTER TABLE public.by_check ADD CONSTRAINT gone CHECK (id > 0);
ALTER TABLE public.by_check ADD CONSTRAINT other CHECK (id > 1);

ALTER TABLE public.by_column ALTER COLUMN narrow TYPE integer;
ALTER TABLE public.by_column ADD COLUMN gone text;
ALTER TABLE public.by_column ALTER COLUMN renamed TYPE text;
ALTER TABLE public.by_column ALTER COLUMN id SET NOT NULL;

ALTER FOREIGN TABLE public.by_column_options ALTER COLUMN id OPTIONS (SET column_name 'number', ADD gone 'x', DROP "odd name");
ALTER FOREIGN TABLE public.by_column_options ALTER COLUMN t OPTIONS (ADD column_name 'text');

ALTER FOREIGN TABLE public.by_options OPTIONS (SET schema_name 'a', ADD gone 'x', DROP table_name);

CREATE FOREIGN TABLE public.by_server (
    id integer
) SERVER one;

COMMENT ON FOREIGN TABLE public.by_server IS 'comes back with it';

CREATE FOREIGN TABLE public.by_view (
    id integer
) SERVER one;

-- WARNING(secret): foreign table public.dropped gets no password: set that by hand, for quoin writes no secrets
CREATE FOREIGN TABLE public.dropped (
    id integer
) SERVER two;

ALTER TABLE public.parted_1 ALTER COLUMN v SET DEFAULT 'x'::text;

ALTER TABLE public.parted DETACH PARTITION public.parted_2;

ALTER TABLE public.parted ATTACH PARTITION public.parted_1 FOR VALUES FROM (0) TO (10);

ALTER TABLE public.parted_2 ALTER COLUMN v DROP DEFAULT;

CREATE VIEW public.on_foreign AS
SELECT by_view.id
   FROM public.by_view;
