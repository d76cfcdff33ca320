ALTER TABLE public.t ALTER COLUMN mood DROP DEFAULT;

-- WARNING(rewrite): column public.t.mood from public.mood to text: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.t ALTER COLUMN mood TYPE text;

DROP TYPE public.mood;

ALTER TABLE public.t ALTER COLUMN mood SET DEFAULT 'sad'::text;
