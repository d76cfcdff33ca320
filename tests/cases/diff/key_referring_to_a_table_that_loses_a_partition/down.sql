ALTER TABLE public.bill DROP CONSTRAINT bill_day_fkey;

CREATE TABLE public.visit_rest PARTITION OF public.visit DEFAULT;
