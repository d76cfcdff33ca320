CREATE INDEX pi1 ON public.p (b);

-- WARNING(may-fail): table public.p1: fails where a row is not within its bound
ALTER TABLE public.p ATTACH PARTITION public.p1 FOR VALUES FROM (0) TO (10);
