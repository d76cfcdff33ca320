ALTER TABLE public.stock RENAME COLUMN quantity TO amount;

CREATE OR REPLACE FUNCTION public.left_over()
RETURNS integer
LANGUAGE sql
AS $$ SELECT amount FROM stock LIMIT 1 $$;
