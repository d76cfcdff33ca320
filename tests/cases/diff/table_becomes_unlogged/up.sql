-- WARNING(rewrite): table public.hits: copies every row of the table under an exclusive lock
-- WARNING(data-loss): table public.hits: a crash of the server empties it from then on, and replicas have no rows of it
ALTER TABLE public.hits SET UNLOGGED;
