DROP VIEW public.origin;

ALTER TYPE public.spot ALTER ATTRIBUTE x TYPE integer;

CREATE VIEW public.origin AS
SELECT (ROW(0, 0)::public.spot).x AS x;
