DROP VIEW public.v;

ALTER TABLE public.t ALTER COLUMN a DROP DEFAULT;

DROP FUNCTION public.f();

CREATE FUNCTION public.f()
RETURNS integer
LANGUAGE sql IMMUTABLE
AS $$select 1$$;

ALTER TABLE public.t ALTER COLUMN a SET DEFAULT public.f();

CREATE VIEW public.v AS
SELECT public.f() AS x;
