DROP MATERIALIZED VIEW public.m;

-- WARNING(rewrite): builds materialized view public.m anew: its query runs again, then its indexes are built, and readers wait meanwhile
CREATE MATERIALIZED VIEW public.m AS
SELECT (t.a + 1) AS a
   FROM public.t;

-- WARNING(may-fail): index public.m.m_a_idx: fails where rows share a key
CREATE UNIQUE INDEX m_a_idx ON public.m (a);
