-- WARNING(rewrite): column public.measures.a from double precision to numeric: rewrites or scans every row of the table under an exclusive lock
-- WARNING(rewrite): column public.measures.b from real to numeric: rewrites or scans every row of the table under an exclusive lock
-- WARNING(rewrite): column public.measures.c from real[] to numeric[]: rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.measures.d from double precision to numeric(10,2): fails where a value does not fit
-- WARNING(data-loss): column public.measures.d from double precision to numeric(10,2): values lose precision
-- WARNING(rewrite): column public.measures.d from double precision to numeric(10,2): rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.measures ALTER COLUMN a TYPE numeric USING a::text::numeric,
    ALTER COLUMN b TYPE numeric USING b::text::numeric,
    ALTER COLUMN c TYPE numeric[] USING c::text[]::numeric[],
    ALTER COLUMN d TYPE numeric(10,2) USING d::text::numeric(10,2);
