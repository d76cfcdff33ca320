ALTER TABLE public.u DROP CONSTRAINT fk;

ALTER TABLE public.t DROP CONSTRAINT t_pkey;
ALTER TABLE public.t ADD CONSTRAINT "t key" PRIMARY KEY (a);

-- WARNING(may-fail): foreign key public.u.fk: fails where a row refers to none
ALTER TABLE public.u ADD CONSTRAINT fk FOREIGN KEY (a) REFERENCES public.t (a);
