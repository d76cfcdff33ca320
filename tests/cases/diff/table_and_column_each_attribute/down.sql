ALTER TABLE public.compressed ALTER COLUMN body SET COMPRESSION default;
ALTER TABLE public.compressed ALTER COLUMN other SET COMPRESSION pglz;

-- WARNING(rewrite): table public.logged: copies every row of the table under an exclusive lock
ALTER TABLE public.logged SET LOGGED;

COMMENT ON TABLE public.logged IS 'before';

-- WARNING(rewrite): table public.unlogged: copies every row of the table under an exclusive lock
-- WARNING(data-loss): table public.unlogged: a crash of the server empties it from then on, and replicas have no rows of it
ALTER TABLE public.unlogged SET UNLOGGED;
