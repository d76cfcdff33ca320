DROP VIEW public.w;

DROP VIEW public.v;

-- WARNING(may-fail): column public.t.name from text to character varying(20): fails where a value does not fit
-- WARNING(data-loss): column public.t.name from text to character varying(20): blanks at the end that are too many are cut
-- WARNING(rewrite): column public.t.name from text to character varying(20): rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.t ALTER COLUMN name TYPE character varying(20);

CREATE VIEW public.v AS
SELECT t.id,
    t.name
   FROM public.t;

CREATE VIEW public.w AS
SELECT v.name
   FROM public.v
  WHERE (v.id > 0);

COMMENT ON VIEW public.w IS 'names';
