ALTER TABLE public.person RENAME COLUMN alias TO nick;
ALTER TABLE public.person RENAME COLUMN full_name TO name;
ALTER TABLE public.person DROP COLUMN lower_name;
ALTER TABLE public.person ALTER COLUMN name TYPE text;

-- WARNING(rewrite): column public.person.lower_name is computed for every row of the table, under an exclusive lock
ALTER TABLE public.person ADD COLUMN lower_name text GENERATED ALWAYS AS (lower(name)) STORED;
