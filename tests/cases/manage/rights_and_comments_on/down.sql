DROP VIEW public.names;

-- WARNING(access): takes SELECT on table public.people from role boss
REVOKE SELECT ON TABLE public.people FROM boss;

ALTER TABLE public.people ALTER COLUMN name TYPE text;
COMMENT ON INDEX public.people_pkey IS 'by number';

-- WARNING(access): gives INSERT on table public.people to role app
GRANT INSERT ON TABLE public.people TO app;

-- WARNING(access): gives UPDATE (name) on column public.people.name to role monitor
GRANT UPDATE (name) ON TABLE public.people TO monitor;

COMMENT ON TABLE public.people IS 'who is here';
COMMENT ON COLUMN public.people.name IS 'as they say';

CREATE OR REPLACE FUNCTION public.f()
RETURNS integer
LANGUAGE sql
AS $$SELECT 1$$;

-- WARNING(access): takes EXECUTE on function public.f() from everybody
REVOKE EXECUTE ON FUNCTION public.f() FROM PUBLIC;

CREATE VIEW public.names AS
SELECT people.name
   FROM public.people;

-- WARNING(access): gives SELECT on view public.names to role monitor
GRANT SELECT ON TABLE public.names TO monitor;

COMMENT ON VIEW public.names IS 'for lists';

-- WARNING(access): default privileges "current_user" of schema public: what roles may do with what is made from now on changes
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO monitor;

-- WARNING(data-loss): drops table public.fresh and the data in it
DROP TABLE public.fresh;
