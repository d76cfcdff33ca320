-- WARNING(rewrite): table public.a: copies every row of the table under an exclusive lock
ALTER TABLE public.a SET LOGGED;

-- WARNING(rewrite): table public.b: copies every row of the table under an exclusive lock
ALTER TABLE public.b SET LOGGED;

-- WARNING(rewrite): table public.c: copies every row of the table under an exclusive lock
ALTER TABLE public.c SET LOGGED;

-- WARNING(may-fail): foreign key public.d.d_a_fkey: fails where a row refers to none
ALTER TABLE public.d ADD CONSTRAINT d_a_fkey FOREIGN KEY (a) REFERENCES public.a (id);
