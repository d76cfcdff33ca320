ALTER TABLE public.visits DROP CONSTRAINT visits_pkey;
ALTER TABLE public.visits ALTER COLUMN at DROP NOT NULL;

-- WARNING(data-loss): drops table public.visits_2025 and the data in it
DROP TABLE public.visits_2025;

-- WARNING(data-loss): drops table public.visits_2026 and the data in it
DROP TABLE public.visits_2026;
