ALTER TABLE public.days DETACH PARTITION public.day_one;

-- WARNING(data-loss): drops column public.day_one.note and the data in it
ALTER TABLE public.day_one DROP COLUMN note;

ALTER TABLE public.day_one INHERIT public.nights;

ALTER TABLE public.night_one NO INHERIT public.nights;
ALTER TABLE public.night_one ADD COLUMN note text;

-- WARNING(may-fail): table public.night_one: fails where a row is not within its bound
ALTER TABLE public.days ATTACH PARTITION public.night_one FOR VALUES FROM ('2025-01-02') TO ('2025-01-03');
