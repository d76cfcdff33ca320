DROP VIEW public.names;

ALTER TABLE public.users ALTER COLUMN name TYPE text;
CREATE INDEX users_id ON public.users (id);

CREATE FUNCTION app.f(text)
RETURNS text
LANGUAGE sql
AS $$select $1$$;

CREATE VIEW public.names AS
SELECT users.name
   FROM public.users;

GRANT SELECT ON TABLE public.names TO monitor;
