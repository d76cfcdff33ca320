-- WARNING(rewrite): table public.hits: copies every row of the table under an exclusive lock
ALTER TABLE public.hits SET LOGGED;
