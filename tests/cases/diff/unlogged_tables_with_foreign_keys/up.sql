ALTER TABLE public.d DROP CONSTRAINT d_a_fkey;

-- WARNING(rewrite): table public.c: copies every row of the table under an exclusive lock
-- WARNING(data-loss): table public.c: a crash of the server empties it from then on, and replicas have no rows of it
ALTER TABLE public.c SET UNLOGGED;

-- WARNING(rewrite): table public.b: copies every row of the table under an exclusive lock
-- WARNING(data-loss): table public.b: a crash of the server empties it from then on, and replicas have no rows of it
ALTER TABLE public.b SET UNLOGGED;

-- WARNING(rewrite): table public.a: copies every row of the table under an exclusive lock
-- WARNING(data-loss): table public.a: a crash of the server empties it from then on, and replicas have no rows of it
ALTER TABLE public.a SET UNLOGGED;
