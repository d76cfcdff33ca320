-- WARNING(may-fail): table public.x1: fails where a row is not within its bound
ALTER TABLE public.x ATTACH PARTITION public.x1 FOR VALUES FROM (0) TO (10);

-- WARNING(may-fail): table public.y1: fails where a row is not within its bound
ALTER TABLE public.y ATTACH PARTITION public.y1 FOR VALUES FROM (0) TO (10);
