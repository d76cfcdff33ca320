-- WARNING(access): default privileges in all schemas """current_user""" of the database: what roles may do with what is made from now on changes
ALTER DEFAULT PRIVILEGES FOR ROLE "current_user" REVOKE SELECT ON TABLES FROM "session_user";

-- WARNING(access): default privileges in all schemas "session_user" of the database: what roles may do with what is made from now on changes
ALTER DEFAULT PRIVILEGES FOR ROLE "session_user" REVOKE SELECT ON TABLES FROM "current_user";
ALTER DEFAULT PRIVILEGES FOR ROLE "session_user" REVOKE SELECT ON TABLES FROM postgres;

DROP USER MAPPING FOR "current_user" SERVER there;

-- WARNING(access): gives INSERT on table public.o to role "current_user"
GRANT INSERT ON TABLE public.o TO "current_user";

-- WARNING(access): gives INSERT on table public.t to role CURRENT_USER
GRANT INSERT ON TABLE public.t TO CURRENT_USER;

-- WARNING(access): takes INSERT (a) on column public.t.a from role "session_user"
REVOKE INSERT (a) ON TABLE public.t FROM "session_user";

-- WARNING(access): takes UPDATE on table public.t from role "current_user"
REVOKE UPDATE ON TABLE public.t FROM "current_user";
