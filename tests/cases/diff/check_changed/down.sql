ALTER TABLE public.t DROP CONSTRAINT positive;

-- WARNING(may-fail): check public.t.positive: fails where a row breaks it
ALTER TABLE public.t ADD CONSTRAINT positive CHECK (a > 0);
