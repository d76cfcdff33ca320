-- WARNING(data-loss): drops table public.readings and the data in it
-- WARNING(data-loss): drops the partitions of table public.readings with it, and the rows in them
DROP TABLE public.readings;

-- WARNING(data-loss): drops table public.spread and the data in it
-- WARNING(data-loss): drops the partitions of table public.spread with it, and the rows in them
DROP TABLE public.spread;

-- WARNING(data-loss): drops table public.tags and the data in it
-- WARNING(data-loss): drops the partitions of table public.tags with it, and the rows in them
DROP TABLE public.tags;
