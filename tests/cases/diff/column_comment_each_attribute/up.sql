DROP MATERIALIZED VIEW public.mv;

COMMENT ON COLUMN public.v.b IS NULL;

COMMENT ON COLUMN public.ct.b IS NULL;
ALTER TYPE public.ct DROP ATTRIBUTE b;
COMMENT ON COLUMN public.ct.a IS 'about a, now';
COMMENT ON COLUMN public.ct.c IS 'about c';

CREATE OR REPLACE VIEW public.v AS
SELECT t.a,
    t.b,
    (t.a + t.b) AS c
   FROM public.t;

COMMENT ON COLUMN public.v.a IS 'va 2';
COMMENT ON COLUMN public.v.c IS 'vc';

-- WARNING(rewrite): builds materialized view public.mv anew: its query runs again, then its indexes are built, and readers wait meanwhile
CREATE MATERIALIZED VIEW public.mv AS
SELECT t.a,
    t.b
   FROM public.t;

COMMENT ON COLUMN public.mv.a IS 'ma';
COMMENT ON COLUMN public.mv.b IS 'mb';
