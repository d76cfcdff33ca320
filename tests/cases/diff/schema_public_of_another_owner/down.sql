-- WARNING(data-loss): drops column public.shelf.label and the data in it
ALTER TABLE public.shelf DROP COLUMN label;
