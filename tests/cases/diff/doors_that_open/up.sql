-- WARNING(access): gives EXECUTE on function public.shut() to everybody
GRANT EXECUTE ON FUNCTION public.shut() TO PUBLIC;

CREATE SCHEMA fresh;

CREATE TABLE fresh.t (
    a integer
);

ALTER TABLE fresh.t ENABLE ROW LEVEL SECURITY;
CREATE POLICY first ON fresh.t FOR ALL TO PUBLIC USING (true);
GRANT SELECT ON TABLE fresh.t TO PUBLIC;

CREATE POLICY idle ON public.open_notes FOR ALL TO PUBLIC USING (true);

-- WARNING(access): creates policy public.wages.everyone: who may see and write which rows changes
CREATE POLICY everyone ON public.wages FOR SELECT TO PUBLIC USING (true);

-- WARNING(access): gives SELECT on table public.wages to everybody
GRANT SELECT ON TABLE public.wages TO PUBLIC;

-- WARNING(access): function public.may_see() is another, and decides who may see and write which rows, by policy public.wages.asked, policy public.wages.own
CREATE OR REPLACE FUNCTION public.may_see()
RETURNS boolean
LANGUAGE sql STABLE
AS $$select true$$;

-- WARNING(access): function public.names() is new, and runs with its owner's privileges (SECURITY DEFINER)
CREATE FUNCTION public.names()
RETURNS text
LANGUAGE sql SECURITY DEFINER
AS $$select max(name) from public.wages$$;

CREATE OR REPLACE FUNCTION public.plain()
RETURNS integer
LANGUAGE sql
AS $$select 2$$;

-- WARNING(access): function public.total() is another, and runs with its owner's privileges (SECURITY DEFINER)
CREATE OR REPLACE FUNCTION public.total()
RETURNS numeric
LANGUAGE sql SECURITY DEFINER
AS $$select max(amount) from public.wages$$;

GRANT USAGE ON SCHEMA fresh TO PUBLIC;

-- WARNING(access): gives USAGE, the right to grant USAGE on schema public to role pg_monitor
GRANT USAGE ON SCHEMA public TO pg_monitor WITH GRANT OPTION;

-- WARNING(access): default privileges "current_user" of schema public: what roles may do with what is made from now on changes
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO pg_monitor;
