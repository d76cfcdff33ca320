DROP INDEX public.x;

CREATE VIEW public.x AS
SELECT t.a
   FROM public.t;
