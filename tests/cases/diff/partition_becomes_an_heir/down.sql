ALTER TABLE public.day_one NO INHERIT public.nights;
ALTER TABLE public.day_one ADD COLUMN note text;

ALTER TABLE public.days DETACH PARTITION public.night_one;

-- WARNING(may-fail): table public.day_one: fails where a row is not within its bound
ALTER TABLE public.days ATTACH PARTITION public.day_one FOR VALUES FROM ('2025-01-01') TO ('2025-01-02');

-- WARNING(data-loss): drops column public.night_one.note and the data in it
ALTER TABLE public.night_one DROP COLUMN note;

ALTER TABLE public.night_one INHERIT public.nights;
