ALTER TABLE public.line DROP COLUMN twice;

-- WARNING(rewrite): column public.line.twice is computed for every row of the table, under an exclusive lock
ALTER TABLE public.line ADD COLUMN twice integer GENERATED ALWAYS AS (price * 2) STORED;
