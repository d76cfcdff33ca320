-- WARNING(access): default privileges "current_user" of schema public: what roles may do with what is made from now on changes
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE SELECT ON TABLES FROM pg_monitor;

-- WARNING(access): takes USAGE on schema public from role pg_monitor
REVOKE USAGE ON SCHEMA public FROM pg_monitor CASCADE;

DROP FUNCTION public.names();

-- WARNING(access): drops policy public.open_notes.idle: who may see and write which rows changes
DROP POLICY idle ON public.open_notes;

-- WARNING(access): takes SELECT on table public.wages from everybody
REVOKE SELECT ON TABLE public.wages FROM PUBLIC;

-- WARNING(access): drops policy public.wages.everyone: who may see and write which rows changes
DROP POLICY everyone ON public.wages;

-- WARNING(access): function public.may_see() is another, and decides who may see and write which rows, by policy public.wages.asked, policy public.wages.own
CREATE OR REPLACE FUNCTION public.may_see()
RETURNS boolean
LANGUAGE sql STABLE
AS $$select false$$;

CREATE OR REPLACE FUNCTION public.plain()
RETURNS integer
LANGUAGE sql
AS $$select 1$$;

-- WARNING(access): takes EXECUTE on function public.shut() from everybody
REVOKE EXECUTE ON FUNCTION public.shut() FROM PUBLIC;

-- WARNING(access): function public.total() is another, and runs with its owner's privileges (SECURITY DEFINER)
CREATE OR REPLACE FUNCTION public.total()
RETURNS numeric
LANGUAGE sql SECURITY DEFINER
AS $$select sum(amount) from public.wages$$;

-- WARNING(data-loss): drops table fresh.t and the data in it
DROP TABLE fresh.t;

DROP SCHEMA fresh;
