DROP VIEW public.origin;

ALTER TYPE public.spot ALTER ATTRIBUTE x TYPE bigint;

CREATE VIEW public.origin AS
SELECT (ROW((0)::bigint, 0)::public.spot).x AS x;
