-- WARNING(data-loss): drops table public.fresh and the data in it
DROP TABLE public.fresh;

-- WARNING(data-loss): drops column public.t.b and the data in it
ALTER TABLE public.t DROP COLUMN b;

-- WARNING(data-loss): drops column public.t.c and the data in it
ALTER TABLE public.t DROP COLUMN c;

-- WARNING(data-loss): drops column public.t.d and the data in it
ALTER TABLE public.t DROP COLUMN d;

-- WARNING(data-loss): drops column public.t.e and the data in it
ALTER TABLE public.t DROP COLUMN e;

-- WARNING(data-loss): drops column public.t.f and the data in it
ALTER TABLE public.t DROP COLUMN f;
