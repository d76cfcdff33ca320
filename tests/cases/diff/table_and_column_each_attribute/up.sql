ALTER TABLE public.compressed ALTER COLUMN body SET COMPRESSION pglz;
ALTER TABLE public.compressed ALTER COLUMN other SET COMPRESSION default;

-- WARNING(rewrite): table public.logged: copies every row of the table under an exclusive lock
-- WARNING(data-loss): table public.logged: a crash of the server empties it from then on, and replicas have no rows of it
ALTER TABLE public.logged SET UNLOGGED;

COMMENT ON TABLE public.logged IS 'it''s after';

-- WARNING(rewrite): table public.unlogged: copies every row of the table under an exclusive lock
ALTER TABLE public.unlogged SET LOGGED;
