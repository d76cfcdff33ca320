ALTER TABLE public.ar DROP CONSTRAINT ar_a_fkey;

ALTER TABLE public.zr DROP CONSTRAINT zr_a_fkey;

-- WARNING(may-fail): table public.p1: fails where a foreign key's row refers to one in it
ALTER TABLE public.p DETACH PARTITION public.p1;

-- WARNING(may-fail): table public.p3: fails where a foreign key's row refers to one in it
ALTER TABLE public.p DETACH PARTITION public.p3;

-- WARNING(may-fail): table public.p41: fails where a foreign key's row refers to one in it
ALTER TABLE public.p4 DETACH PARTITION public.p41;

ALTER TABLE public.q DETACH PARTITION public.q1;

-- WARNING(data-loss): drops table public.p2 and the data in it
-- WARNING(may-fail): table public.p2: fails where a foreign key's row refers to one in it
ALTER TABLE public.p DETACH PARTITION public.p2;
DROP TABLE public.p2;

-- WARNING(may-fail): table public.p3: fails where a row is not within its bound
ALTER TABLE public.p ATTACH PARTITION public.p3 FOR VALUES FROM (20) TO (35);
