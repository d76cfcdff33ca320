-- WARNING(may-fail): table public.p3: fails where a foreign key's row refers to one in it
ALTER TABLE public.p DETACH PARTITION public.p3;

-- WARNING(may-fail): table public.p1: fails where a row is not within its bound
ALTER TABLE public.p ATTACH PARTITION public.p1 FOR VALUES FROM (0) TO (10);

CREATE TABLE public.p2 PARTITION OF public.p FOR VALUES FROM (10) TO (20);

-- WARNING(may-fail): table public.p3: fails where a row is not within its bound
ALTER TABLE public.p ATTACH PARTITION public.p3 FOR VALUES FROM (20) TO (30);

-- WARNING(may-fail): table public.p41: fails where a row is not within its bound
ALTER TABLE public.p4 ATTACH PARTITION public.p41 FOR VALUES FROM (40) TO (50);

-- WARNING(may-fail): table public.q1: fails where a row is not within its bound
ALTER TABLE public.q ATTACH PARTITION public.q1 FOR VALUES FROM (0) TO (10);

-- WARNING(may-fail): foreign key public.ar.ar_a_fkey: fails where a row refers to none
ALTER TABLE public.ar ADD CONSTRAINT ar_a_fkey FOREIGN KEY (a) REFERENCES public.q (id);

-- WARNING(may-fail): foreign key public.zr.zr_a_fkey: fails where a row refers to none
ALTER TABLE public.zr ADD CONSTRAINT zr_a_fkey FOREIGN KEY (a) REFERENCES public.q (id);
