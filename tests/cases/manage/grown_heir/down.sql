-- WARNING(data-loss): drops column public.boss.later and the data in it
ALTER TABLE public.boss DROP COLUMN later;
