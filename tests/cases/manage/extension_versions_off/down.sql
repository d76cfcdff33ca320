DROP EXTENSION hstore;

-- WARNING(may-fail): column public.t.id from bigint to integer: fails where a value does not fit
-- WARNING(rewrite): column public.t.id from bigint to integer: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.t ALTER COLUMN id TYPE integer;
