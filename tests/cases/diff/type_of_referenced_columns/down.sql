ALTER TABLE public.c DROP CONSTRAINT c_p_fkey;

-- WARNING(may-fail): column public.c.p from bigint to integer: fails where a value does not fit
-- WARNING(rewrite): column public.c.p from bigint to integer: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.c ALTER COLUMN p TYPE integer;

-- WARNING(may-fail): column public.p.id from bigint to integer: fails where a value does not fit
-- WARNING(rewrite): column public.p.id from bigint to integer: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.p ALTER COLUMN id TYPE integer;

-- WARNING(may-fail): foreign key public.c.c_p_fkey: fails where a row refers to none
ALTER TABLE public.c ADD CONSTRAINT c_p_fkey FOREIGN KEY (p) REFERENCES public.p (id);
