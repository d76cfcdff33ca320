-- WARNING(data-loss): drops table public.log_2025 and the data in it
DROP TABLE public.log_2025;
