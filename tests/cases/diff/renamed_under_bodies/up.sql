-- WARNING(body): function public.forgotten() names amount in its body, which the server neither changes nor checks
ALTER TABLE public.stock RENAME COLUMN amount TO quantity;

CREATE OR REPLACE FUNCTION public.left_over()
RETURNS integer
LANGUAGE sql
AS $$ SELECT quantity FROM stock LIMIT 1 $$;
