ALTER EXTENSION citext SET SCHEMA public;

-- WARNING(may-fail): column public.holder.name from tools.citext to public.citext: fails where a value does not fit
-- WARNING(rewrite): column public.holder.name from tools.citext to public.citext: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.holder ALTER COLUMN name TYPE public.citext USING name::text::public.citext;
