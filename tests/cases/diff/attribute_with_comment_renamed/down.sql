ALTER TYPE public.place RENAME ATTRIBUTE way TO street;
COMMENT ON COLUMN public.place.town IS NULL;

COMMENT ON COLUMN public.v.a IS 'one';
