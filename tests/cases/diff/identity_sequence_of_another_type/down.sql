ALTER TABLE public.plain ALTER COLUMN a DROP IDENTITY;
ALTER TABLE public.plain ALTER COLUMN b DROP IDENTITY;
ALTER TABLE public.plain ALTER COLUMN c DROP IDENTITY;

-- WARNING(may-fail): column public.grown.b from integer to smallint: fails where a value does not fit
-- WARNING(rewrite): column public.grown.b from integer to smallint: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.grown ALTER COLUMN b TYPE smallint;

-- WARNING(may-fail): sequence public.grown_a_seq: fails where it stands at a number that the new bounds leave out
ALTER SEQUENCE public.grown_a_seq AS bigint INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1;

-- WARNING(may-fail): sequence public.grown_b_seq: fails where it stands at a number that the new bounds leave out
ALTER SEQUENCE public.grown_b_seq AS bigint INCREMENT BY 1 MINVALUE 1 MAXVALUE 32767 START WITH 5 CACHE 1;

-- WARNING(may-fail): sequence public.grown_c_seq: fails where it stands at a number that the new bounds leave out
ALTER SEQUENCE public.grown_c_seq AS bigint INCREMENT BY -1 MINVALUE -32768 MAXVALUE -1 START WITH -1 CACHE 1;

-- WARNING(may-fail): sequence public.made_a_seq: fails where it stands at a number that the new bounds leave out
ALTER SEQUENCE public.made_a_seq AS bigint INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1;

ALTER SEQUENCE public.made_c_seq AS bigint INCREMENT BY -1 MINVALUE -32768 MAXVALUE -1 START WITH -1 CACHE 1;

ALTER SEQUENCE public.source_a_seq AS integer INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 START WITH 1 CACHE 1;
