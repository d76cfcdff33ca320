ALTER TABLE public.c DROP CONSTRAINT c_p_fkey;

ALTER TABLE public.p DROP CONSTRAINT p_b_key;
ALTER TABLE public.p DROP CONSTRAINT p_pkey;
ALTER TABLE public.p ADD CONSTRAINT p_pkey PRIMARY KEY (b);
ALTER TABLE public.p ADD CONSTRAINT p_a_key UNIQUE (a);

-- WARNING(may-fail): foreign key public.c.c_p_fkey: fails where a row refers to none
ALTER TABLE public.c ADD CONSTRAINT c_p_fkey FOREIGN KEY (p) REFERENCES public.p (b);
