-- WARNING(may-fail): column public.t.a from bigint to integer: fails where a value does not fit
-- WARNING(rewrite): column public.t.a from bigint to integer: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.t ALTER COLUMN a TYPE integer,
    ALTER COLUMN c TYPE text;

ALTER TABLE public.t ADD COLUMN d integer;

ALTER STATISTICS public.t_a_b SET STATISTICS 77;

CREATE STATISTICS public.t_a_d ON a, d FROM public.t;
