ALTER TABLE public.c DROP CONSTRAINT c_p_fkey;

-- WARNING(rewrite): column public.c.p from integer to bigint: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.c ALTER COLUMN p TYPE bigint;

-- WARNING(rewrite): column public.p.id from integer to bigint: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.p ALTER COLUMN id TYPE bigint;

-- WARNING(may-fail): foreign key public.c.c_p_fkey: fails where a row refers to none
ALTER TABLE public.c ADD CONSTRAINT c_p_fkey FOREIGN KEY (p) REFERENCES public.p (id);
