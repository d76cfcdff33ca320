ALTER TABLE public.compressed ALTER COLUMN body SET COMPRESSION default;
ALTER TABLE public.compressed ALTER COLUMN other SET COMPRESSION pglz;

ALTER TABLE public.logged SET LOGGED;
COMMENT ON TABLE public.logged IS 'before';

ALTER TABLE public.unlogged SET UNLOGGED;
