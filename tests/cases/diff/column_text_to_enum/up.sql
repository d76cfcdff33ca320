ALTER TABLE public.t ALTER COLUMN mood DROP DEFAULT;

CREATE TYPE public.mood AS ENUM ('sad', 'glad');

-- WARNING(may-fail): column public.t.mood from text to public.mood: fails where a value does not fit
-- WARNING(rewrite): column public.t.mood from text to public.mood: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.t ALTER COLUMN mood TYPE public.mood USING mood::public.mood;

ALTER TABLE public.t ALTER COLUMN mood SET DEFAULT 'sad'::public.mood;
