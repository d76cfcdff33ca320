DROP MATERIALIZED VIEW public.m;

-- WARNING(rewrite): column public.t.a from integer to bigint: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.t ALTER COLUMN a TYPE bigint;

-- WARNING(rewrite): builds materialized view public.m anew: its query runs again, then its indexes are built, and readers wait meanwhile
CREATE MATERIALIZED VIEW public.m AS
SELECT t.a,
    t.b,
    1 AS c
   FROM public.t;

ALTER MATERIALIZED VIEW public.m ALTER COLUMN a SET (n_distinct=7);
ALTER MATERIALIZED VIEW public.m ALTER COLUMN a SET STATISTICS 77;
ALTER MATERIALIZED VIEW public.m ALTER COLUMN b SET STORAGE EXTERNAL;
