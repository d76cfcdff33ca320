ALTER TABLE public.person RENAME COLUMN name TO full_name;
ALTER TABLE public.person RENAME COLUMN nick TO alias;
ALTER TABLE public.person DROP COLUMN lower_name;

-- WARNING(may-fail): column public.person.full_name from text to character varying(200): fails where a value does not fit
-- WARNING(data-loss): column public.person.full_name from text to character varying(200): blanks at the end that are too many are cut
-- WARNING(rewrite): column public.person.full_name from text to character varying(200): rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.person ALTER COLUMN full_name TYPE character varying(200);

-- WARNING(rewrite): column public.person.lower_name is computed for every row of the table, under an exclusive lock
ALTER TABLE public.person ADD COLUMN lower_name text GENERATED ALWAYS AS (lower((full_name)::text)) STORED;
