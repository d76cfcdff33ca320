-- WARNING(data-loss): drops table other.flints and the data in it
DROP TABLE other.flints;

-- WARNING(data-loss): drops table other.stones and the data in it
DROP TABLE other.stones;

-- WARNING(data-loss): drops table public.measures and the data in it
-- WARNING(data-loss): drops the partitions of table public.measures with it, and the rows in them
DROP TABLE public.measures;

-- WARNING(data-loss): drops table public.things and the data in it
DROP TABLE public.things;
