ALTER TABLE public.stones NO INHERIT public.things;
ALTER TABLE public.stones DROP CONSTRAINT things_weight_check;

-- WARNING(data-loss): drops column public.stones.weight and the data in it
ALTER TABLE public.stones DROP COLUMN weight;

-- WARNING(data-loss): drops table public.things and the data in it
DROP TABLE public.things;
