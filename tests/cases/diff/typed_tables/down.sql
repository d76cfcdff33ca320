ALTER TABLE public.follows ALTER COLUMN b DROP NOT NULL;
ALTER TABLE public.follows NOT OF;
ALTER TABLE public.follows ALTER COLUMN a SET DEFAULT 1;

ALTER TABLE public.joins NOT OF;

-- WARNING(data-loss): drops column public.follows.c and the data in it
ALTER TABLE public.follows DROP COLUMN c;

-- WARNING(data-loss): drops column public.joins.c and the data in it
ALTER TABLE public.joins DROP COLUMN c;

-- WARNING(data-loss): drops table public.made and the data in it
DROP TABLE public.made;

ALTER TYPE public.pair DROP ATTRIBUTE c;
ALTER TABLE public.follows OF public.pair;
ALTER TABLE public.leaves OF public.pair;
