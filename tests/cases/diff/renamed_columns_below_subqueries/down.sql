ALTER TABLE public.nest RENAME COLUMN is_full TO full_now;
ALTER TABLE public.nest RENAME COLUMN clutch TO eggs;
