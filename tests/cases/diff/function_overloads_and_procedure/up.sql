CREATE FUNCTION public.f(a text, b integer DEFAULT 2)
RETURNS integer
LANGUAGE sql
AS $$select 1$$;

CREATE PROCEDURE public.p(INOUT x integer)
LANGUAGE plpgsql
AS $$ begin x := x + 1; end $$;
