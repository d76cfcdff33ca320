DROP INDEX public.readings_at;

-- WARNING(data-loss): drops column public.readings.note and the data in it
ALTER TABLE public.readings DROP COLUMN note;

-- WARNING(may-fail): table public.readings_2024: fails where a row is not within its bound
ALTER TABLE public.readings ATTACH PARTITION public.readings_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
