-- WARNING(data-loss): column public.measures.a from numeric to double precision: values lose precision
-- WARNING(rewrite): column public.measures.a from numeric to double precision: rewrites or scans every row of the table under an exclusive lock
-- WARNING(data-loss): column public.measures.b from numeric to real: values lose precision
-- WARNING(rewrite): column public.measures.b from numeric to real: rewrites or scans every row of the table under an exclusive lock
-- WARNING(data-loss): column public.measures.c from numeric[] to real[]: values lose precision
-- WARNING(rewrite): column public.measures.c from numeric[] to real[]: rewrites or scans every row of the table under an exclusive lock
-- WARNING(data-loss): column public.measures.d from numeric(10,2) to double precision: values lose precision
-- WARNING(rewrite): column public.measures.d from numeric(10,2) to double precision: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.measures ALTER COLUMN a TYPE double precision,
    ALTER COLUMN b TYPE real,
    ALTER COLUMN c TYPE real[],
    ALTER COLUMN d TYPE double precision;
