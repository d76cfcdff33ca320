ALTER TABLE public.readings DETACH PARTITION public.first;

-- WARNING(may-fail): table public.first: fails where a row is not within its bound
ALTER TABLE public.readings ATTACH PARTITION public.first FOR VALUES FROM (MINVALUE) TO ('2026-07-01');
