ALTER TYPE public.mood ADD VALUE 'fine' BEFORE 'glad';
COMMENT ON TYPE public.mood IS 'How a guest feels';

COMMENT ON COLUMN public.guest.feels IS 'asked at the door';
