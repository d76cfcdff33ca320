DROP VIEW public.seen;

DROP INDEX public.by_added;
ALTER TABLE public.readings DROP CONSTRAINT positive;
ALTER TABLE public.readings ALTER COLUMN kept DROP NOT NULL;
ALTER TABLE public.readings ALTER COLUMN kept DROP DEFAULT;

-- WARNING(may-fail): column public.readings.value from bigint to integer: fails where a value does not fit
-- WARNING(rewrite): column public.readings.value from bigint to integer: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.readings ALTER COLUMN value TYPE integer;

ALTER TABLE public.readings ADD COLUMN gone text;
CREATE INDEX by_kept ON public.readings (kept);

CREATE TABLE public.dropped PARTITION OF public.readings DEFAULT;

CREATE VIEW public.seen AS
SELECT first.value
   FROM public.first;

-- WARNING(data-loss): drops column public.readings.added and the data in it
ALTER TABLE public.readings DROP COLUMN added;
