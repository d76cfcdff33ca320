-- WARNING(data-loss): drops column public.t.b and the data in it
ALTER TABLE public.t DROP COLUMN b;
