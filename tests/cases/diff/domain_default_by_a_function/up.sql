ALTER DOMAIN public.plate DROP CONSTRAINT plate_ok;

DROP FUNCTION public.is_plate(text);

ALTER DOMAIN public.plate DROP DEFAULT;

DROP FUNCTION public.blank(integer);

CREATE FUNCTION public.blank(number integer)
RETURNS text
LANGUAGE sql IMMUTABLE
AS $$ select 'ZZ' || number $$;

ALTER DOMAIN public.plate SET DEFAULT public.blank(0);

CREATE FUNCTION public.is_plate(candidate text)
RETURNS boolean
LANGUAGE sql IMMUTABLE
AS $$ select candidate <> '' $$;

-- WARNING(may-fail): values that break domain constraint public.plate.plate_ok make it fail
ALTER DOMAIN public.plate ADD CONSTRAINT plate_ok CHECK (public.is_plate(VALUE));
