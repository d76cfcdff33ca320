-- WARNING(data-loss): drops table public.readings and the data in it
DROP TABLE public.readings;

-- WARNING(data-loss): drops table public.spread and the data in it
DROP TABLE public.spread;

-- WARNING(data-loss): drops table public.tags and the data in it
DROP TABLE public.tags;
