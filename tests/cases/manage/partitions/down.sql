DROP INDEX public.events_who;
ALTER TABLE public.events ALTER COLUMN what DROP NOT NULL;

-- WARNING(may-fail): column public.events.seen from bigint to integer: fails where a value does not fit
-- WARNING(rewrite): column public.events.seen from bigint to integer: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.events ALTER COLUMN seen TYPE integer;

-- WARNING(data-loss): drops column public.events.who and the data in it
ALTER TABLE public.events DROP COLUMN who;
