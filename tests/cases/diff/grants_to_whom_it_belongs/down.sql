-- WARNING(data-loss): drops column public.t.n and the data in it
ALTER TABLE public.t DROP COLUMN n;
