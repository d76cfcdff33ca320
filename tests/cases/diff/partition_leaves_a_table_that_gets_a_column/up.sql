ALTER TABLE public.readings DETACH PARTITION public.readings_2024;

ALTER TABLE public.readings ADD COLUMN note text;
CREATE INDEX readings_at ON public.readings (at);
