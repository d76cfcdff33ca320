-- WARNING(access): takes SELECT on view public.names from role monitor
DROP VIEW public.names;

-- WARNING(access): gives EXECUTE on function public.f() to everybody
GRANT EXECUTE ON FUNCTION public.f() TO PUBLIC;

COMMENT ON COLUMN public.people.name IS NULL;

-- WARNING(access): takes UPDATE (name) on column public.people.name from role monitor
REVOKE UPDATE (name) ON TABLE public.people FROM monitor;

CREATE TABLE public.fresh (
    id integer
);

REVOKE SELECT ON TABLE public.fresh FROM monitor;
GRANT SELECT ON TABLE public.fresh TO app;
COMMENT ON TABLE public.fresh IS 'new';

-- WARNING(may-fail): column public.people.name from text to character varying(80): fails where a value does not fit
-- WARNING(data-loss): column public.people.name from text to character varying(80): blanks at the end that are too many are cut
-- WARNING(rewrite): column public.people.name from text to character varying(80): rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.people ALTER COLUMN name TYPE character varying(80);

COMMENT ON INDEX public.people_pkey IS NULL;

-- WARNING(access): takes INSERT on table public.people from role app
REVOKE INSERT ON TABLE public.people FROM app;

-- WARNING(access): gives SELECT on table public.people to role boss
GRANT SELECT ON TABLE public.people TO boss;

COMMENT ON TABLE public.people IS 'who is here now';

CREATE OR REPLACE FUNCTION public.f()
RETURNS integer
LANGUAGE sql
AS $$SELECT 2$$;

CREATE VIEW public.names AS
SELECT people.name
   FROM public.people;

-- WARNING(access): default privileges "current_user" of schema public: what roles may do with what is made from now on changes
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE SELECT ON TABLES FROM monitor;

REVOKE SELECT ON TABLE public.names FROM monitor;
