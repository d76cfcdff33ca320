ALTER TABLE public.compressed ALTER COLUMN body SET COMPRESSION pglz;
ALTER TABLE public.compressed ALTER COLUMN other SET COMPRESSION default;

ALTER TABLE public.logged SET UNLOGGED;
COMMENT ON TABLE public.logged IS 'it''s after';

ALTER TABLE public.unlogged SET LOGGED;
