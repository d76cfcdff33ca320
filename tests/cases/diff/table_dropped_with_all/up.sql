DROP VIEW public.v;

-- WARNING(data-loss): drops table public.c and the data in it
DROP TABLE public.c;
