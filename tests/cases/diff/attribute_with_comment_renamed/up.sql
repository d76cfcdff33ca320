ALTER TYPE public.place RENAME ATTRIBUTE street TO way;
COMMENT ON COLUMN public.place.town IS 'where it lies';

COMMENT ON COLUMN public.v.a IS 'the first number';
