-- WARNING(data-loss): drops column public.restated.more and the data in it
ALTER TABLE public.restated DROP COLUMN more;

-- WARNING(data-loss): drops column public.unsaid.more and the data in it
ALTER TABLE public.unsaid DROP COLUMN more;
