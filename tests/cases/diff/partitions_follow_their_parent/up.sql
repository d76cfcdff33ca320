DROP VIEW public.seen;

DROP INDEX public.by_kept;

-- WARNING(rewrite): column public.readings.value from integer to bigint: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.readings ALTER COLUMN value TYPE bigint;

ALTER TABLE public.readings ADD COLUMN added text;
ALTER TABLE public.readings ALTER COLUMN kept SET DEFAULT 3;

-- WARNING(may-fail): column public.readings.kept becomes NOT NULL: fails where a row holds null; to fill them first: UPDATE public.readings SET kept = DEFAULT WHERE kept IS NULL
ALTER TABLE public.readings ALTER COLUMN kept SET NOT NULL;

-- WARNING(may-fail): check public.readings.positive: fails where a row breaks it
ALTER TABLE public.readings ADD CONSTRAINT positive CHECK (value > 0);

CREATE INDEX by_added ON public.readings (added);

CREATE VIEW public.seen AS
SELECT first.value
   FROM public.first;

-- WARNING(data-loss): drops table public.dropped and the data in it
DROP TABLE public.dropped;

-- WARNING(data-loss): drops column public.readings.gone and the data in it
ALTER TABLE public.readings DROP COLUMN gone;
