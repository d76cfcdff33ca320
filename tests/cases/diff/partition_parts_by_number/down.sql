DROP INDEX public.a;
DROP INDEX public.z;

-- WARNING(data-loss): drops table public.log_high and the data in it
DROP TABLE public.log_high;
