-- WARNING(rewrite): column public.events.seen from integer to bigint: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.events ALTER COLUMN seen TYPE bigint;

ALTER TABLE public.events ADD COLUMN who text DEFAULT 'me'::text;

-- WARNING(may-fail): column public.events.what becomes NOT NULL: fails where a row holds null
ALTER TABLE public.events ALTER COLUMN what SET NOT NULL;

CREATE INDEX events_who ON public.events (who);
