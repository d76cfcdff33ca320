DROP FUNCTION public.latest();

-- WARNING(access): table public.notes: who may see and write which rows changes
ALTER TABLE public.notes ENABLE ROW LEVEL SECURITY;

-- WARNING(access): table public.wages: who may see and write which rows changes
ALTER TABLE public.wages DISABLE ROW LEVEL SECURITY;

-- WARNING(access): table public.wages: who may see and write which rows changes
ALTER TABLE public.wages NO FORCE ROW LEVEL SECURITY;

-- WARNING(access): function public.latest(): with whose privileges it runs changes
CREATE FUNCTION public.latest()
RETURNS text
LANGUAGE sql SECURITY DEFINER
AS $$select max(name) from notes$$;

-- WARNING(access): function public.total(): with whose privileges it runs changes
CREATE OR REPLACE FUNCTION public.total()
RETURNS numeric
LANGUAGE sql
AS $$select sum(amount) from wages$$;

-- WARNING(data-loss): drops table public.fresh and the data in it
DROP TABLE public.fresh;
