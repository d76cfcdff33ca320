DROP STATISTICS public.t_a_d;

-- WARNING(rewrite): column public.t.a from integer to bigint: rewrites or scans every row of the table under an exclusive lock
-- WARNING(may-fail): column public.t.c from text to character varying(20): fails where a value does not fit
-- WARNING(data-loss): column public.t.c from text to character varying(20): blanks at the end that are too many are cut
-- WARNING(rewrite): column public.t.c from text to character varying(20): rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.t ALTER COLUMN a TYPE bigint,
    ALTER COLUMN c TYPE character varying(20);

ALTER STATISTICS public.t_a_b SET STATISTICS 77;

-- WARNING(data-loss): drops column public.t.d and the data in it
ALTER TABLE public.t DROP COLUMN d;
