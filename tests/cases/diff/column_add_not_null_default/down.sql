-- WARNING(data-loss): drops column public.t.state and the data in it
ALTER TABLE public.t DROP COLUMN state;
