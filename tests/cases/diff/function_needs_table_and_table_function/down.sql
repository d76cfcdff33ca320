-- WARNING(data-loss): drops table public.a and the data in it
DROP TABLE public.a;

-- WARNING(data-loss): drops table public.b and the data in it
DROP TABLE public.b;

DROP FUNCTION public.n();
