DROP FUNCTION public.latest();

CREATE TABLE public.fresh (
    name text
);

ALTER TABLE public.fresh ENABLE ROW LEVEL SECURITY;

-- WARNING(access): table public.notes: who may see and write which rows changes
ALTER TABLE public.notes DISABLE ROW LEVEL SECURITY;

-- WARNING(access): table public.wages: who may see and write which rows changes
ALTER TABLE public.wages ENABLE ROW LEVEL SECURITY;

-- WARNING(access): table public.wages: who may see and write which rows changes
ALTER TABLE public.wages FORCE ROW LEVEL SECURITY;

-- WARNING(access): function public.latest(): with whose privileges it runs changes
CREATE FUNCTION public.latest()
RETURNS character varying
LANGUAGE sql
AS $$select max(name)::varchar from notes$$;

-- WARNING(access): function public.total(): with whose privileges it runs changes
CREATE OR REPLACE FUNCTION public.total()
RETURNS numeric
LANGUAGE sql SECURITY DEFINER
AS $$select sum(amount) from wages$$;
