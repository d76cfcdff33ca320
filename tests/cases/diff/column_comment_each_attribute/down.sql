DROP MATERIALIZED VIEW public.mv;

DROP VIEW public.v;

COMMENT ON COLUMN public.ct.a IS NULL;

ALTER TYPE public.ct RENAME TO ct_old;

CREATE TYPE public.ct AS (a integer, b text, c date);
DROP TYPE public.ct_old;
COMMENT ON COLUMN public.ct.a IS 'about a';
COMMENT ON COLUMN public.ct.b IS 'about b';

CREATE VIEW public.v AS
SELECT t.a,
    t.b
   FROM public.t;

COMMENT ON COLUMN public.v.a IS 'va';
COMMENT ON COLUMN public.v.b IS 'vb';

-- WARNING(rewrite): builds materialized view public.mv anew: its query runs again, then its indexes are built, and readers wait meanwhile
CREATE MATERIALIZED VIEW public.mv AS
SELECT t.a
   FROM public.t;

COMMENT ON COLUMN public.mv.a IS 'ma';
