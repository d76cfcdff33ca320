-- WARNING(access): takes INSERT on table public.o from role "current_user"
REVOKE INSERT ON TABLE public.o FROM "current_user";

-- WARNING(access): gives UPDATE on table public.t to role "current_user"
GRANT UPDATE ON TABLE public.t TO "current_user";

-- WARNING(access): takes INSERT on table public.t from role CURRENT_USER
REVOKE INSERT ON TABLE public.t FROM CURRENT_USER;

-- WARNING(access): gives INSERT (a) on column public.t.a to role "session_user"
GRANT INSERT (a) ON TABLE public.t TO "session_user";

CREATE USER MAPPING FOR "current_user" SERVER there;

-- WARNING(access): default privileges in all schemas """current_user""" of the database: what roles may do with what is made from now on changes
ALTER DEFAULT PRIVILEGES FOR ROLE "current_user" GRANT SELECT ON TABLES TO "session_user";

ALTER DEFAULT PRIVILEGES FOR ROLE "session_user" GRANT SELECT ON TABLES TO "current_user";

-- WARNING(access): default privileges in all schemas "session_user" of the database: what roles may do with what is made from now on changes
ALTER DEFAULT PRIVILEGES FOR ROLE "session_user" GRANT SELECT ON TABLES TO postgres;
