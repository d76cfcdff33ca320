DROP VIEW public.v;

-- WARNING(rewrite): column public.a.n from integer to text: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.a ALTER COLUMN n TYPE text;

-- WARNING(data-loss): drops table public.b and the data in it
DROP TABLE public.b;

ALTER TABLE public.a DROP CONSTRAINT a_pkey;
ALTER TABLE public.a ADD CONSTRAINT "the key" PRIMARY KEY (id);
