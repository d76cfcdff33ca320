-- WARNING(may-fail): unique public.p.p_a_key: fails where rows share a key
ALTER TABLE public.p ADD CONSTRAINT p_a_key UNIQUE (a);

-- WARNING(may-fail): foreign key public.c.c_a_fkey: fails where a row refers to none
ALTER TABLE public.c ADD CONSTRAINT c_a_fkey FOREIGN KEY (a) REFERENCES public.p (a);
