-- WARNING(data-loss): column public.t.b is dropped and made anew: what its rows hold is computed from now on
ALTER TABLE public.t DROP COLUMN b;

-- WARNING(rewrite): column public.t.b is computed for every row of the table, under an exclusive lock
ALTER TABLE public.t ADD COLUMN b integer GENERATED ALWAYS AS (a * 2) STORED;
