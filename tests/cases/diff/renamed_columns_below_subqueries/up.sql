ALTER TABLE public.nest RENAME COLUMN eggs TO clutch;
ALTER TABLE public.nest RENAME COLUMN full_now TO is_full;
