DROP VIEW public.v;

-- WARNING(may-fail): column public.t.a from bigint to integer: fails where a value does not fit
-- WARNING(rewrite): column public.t.a from bigint to integer: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.t ALTER COLUMN a TYPE integer;

CREATE VIEW public.v AS
SELECT t.id,
    t.a
   FROM public.t;

ALTER VIEW public.v ALTER COLUMN a SET DEFAULT 7;
COMMENT ON COLUMN public.v.a IS 'from outside';

GRANT UPDATE (id) ON TABLE public.v TO PUBLIC;
GRANT SELECT (a) ON TABLE public.v TO PUBLIC;
