ALTER TABLE public.p DROP CONSTRAINT f;

ALTER TABLE public.p1 DROP CONSTRAINT f;

-- WARNING(data-loss): drops table public.n and the data in it
-- WARNING(data-loss): drops the partitions of table public.n with it, and the rows in them
DROP TABLE public.n;

-- WARNING(data-loss): drops table public.q1 and the data in it
DROP TABLE public.q1;
