ALTER EXTENSION citext SET SCHEMA tools;

-- WARNING(may-fail): column public.holder.name from public.citext to tools.citext: fails where a value does not fit
-- WARNING(rewrite): column public.holder.name from public.citext to tools.citext: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.holder ALTER COLUMN name TYPE tools.citext USING name::text::tools.citext;
