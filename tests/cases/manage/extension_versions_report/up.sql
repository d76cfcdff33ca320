CREATE EXTENSION hstore VERSION '1.4';

-- WARNING(rewrite): column public.t.id from integer to bigint: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.t ALTER COLUMN id TYPE bigint;
