DROP MATERIALIZED VIEW public.strong;

DROP VIEW public.springs;

-- WARNING(may-fail): column public.spring.flow from bigint to integer: fails where a value does not fit
-- WARNING(rewrite): column public.spring.flow from bigint to integer: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.spring ALTER COLUMN flow TYPE integer;

CREATE VIEW public.springs AS
SELECT spring.id,
    spring.flow
   FROM public.spring;

-- WARNING(rewrite): builds materialized view public.strong anew: its query runs again, then its indexes are built, and readers wait meanwhile
CREATE MATERIALIZED VIEW public.strong AS
SELECT springs.id
   FROM public.springs
  WHERE (springs.flow > 9);

ALTER VIEW public.springs OWNER TO app;

ALTER MATERIALIZED VIEW public.strong OWNER TO app;
