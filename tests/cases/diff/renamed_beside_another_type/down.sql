ALTER TABLE public.p RENAME COLUMN b TO a;
DROP INDEX public.big;
ALTER TABLE public.p DROP CONSTRAINT pos;

-- WARNING(may-fail): column public.p.price from numeric to integer: fails where a value does not fit
-- WARNING(data-loss): column public.p.price from numeric to integer: values lose precision
-- WARNING(rewrite): column public.p.price from numeric to integer: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.p ALTER COLUMN price TYPE integer;

-- WARNING(may-fail): check public.p.pos: fails where a row breaks it
ALTER TABLE public.p ADD CONSTRAINT pos CHECK (price >= 0);

CREATE INDEX big ON public.p (price) WHERE price > 100;
