-- WARNING(access): table public.less is given to app, who may do all with it
ALTER TABLE public.less OWNER TO app;

-- WARNING(access): takes DELETE on table public.less from role app
REVOKE DELETE ON TABLE public.less FROM app;

-- WARNING(access): table public.swapped is given to app, who may do all with it
ALTER TABLE public.swapped OWNER TO app;

-- WARNING(access): gives SELECT on table public.swapped to role boss
GRANT SELECT ON TABLE public.swapped TO boss;

-- WARNING(access): gives UPDATE (n) on column public.swapped.n to role boss
GRANT UPDATE (n) ON TABLE public.swapped TO boss;

-- WARNING(access): table public.taken is given to app, who may do all with it
ALTER TABLE public.taken OWNER TO app;

-- WARNING(access): takes SELECT on table public.taken from role app
REVOKE SELECT ON TABLE public.taken FROM app;

-- WARNING(access): function public.f() is given to app, who may do all with it
ALTER FUNCTION public.f() OWNER TO app;
