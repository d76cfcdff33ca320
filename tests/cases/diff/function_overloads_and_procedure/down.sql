DROP PROCEDURE public.p(integer);

DROP FUNCTION public.f(text, integer);
