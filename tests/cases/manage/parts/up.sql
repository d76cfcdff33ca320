DROP VIEW public.names;

DROP FUNCTION app.f(text);

DROP INDEX public.users_id;

-- WARNING(may-fail): column public.users.name from text to character varying(80): fails where a value does not fit
-- WARNING(data-loss): column public.users.name from text to character varying(80): blanks at the end that are too many are cut
-- WARNING(rewrite): column public.users.name from text to character varying(80): rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.users ALTER COLUMN name TYPE character varying(80);

CREATE VIEW public.names AS
SELECT users.name
   FROM public.users;

GRANT SELECT ON TABLE public.names TO monitor;
