ALTER TABLE public.p RENAME COLUMN a TO b;
DROP INDEX public.big;
ALTER TABLE public.p DROP CONSTRAINT pos;

-- WARNING(rewrite): column public.p.price from integer to numeric: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.p ALTER COLUMN price TYPE numeric;

-- WARNING(may-fail): check public.p.pos: fails where a row breaks it
ALTER TABLE public.p ADD CONSTRAINT pos CHECK (price >= (0)::numeric);

CREATE INDEX big ON public.p (price) WHERE price > (100)::numeric;
