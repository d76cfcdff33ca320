-- WARNING(access): gives DELETE on table public.less to role boss
GRANT DELETE ON TABLE public.less TO boss;

-- WARNING(access): table public.less is given to boss, who may do all with it
ALTER TABLE public.less OWNER TO boss;

-- WARNING(access): gives INSERT on table public.less to role app
GRANT INSERT ON TABLE public.less TO app;

-- WARNING(access): table public.swapped is given to boss, who may do all with it
ALTER TABLE public.swapped OWNER TO boss;

-- WARNING(access): gives SELECT on table public.swapped to role app
GRANT SELECT ON TABLE public.swapped TO app;

-- WARNING(access): gives UPDATE (n) on column public.swapped.n to role app
GRANT UPDATE (n) ON TABLE public.swapped TO app;

-- WARNING(access): table public.taken is given to boss, who may do all with it
ALTER TABLE public.taken OWNER TO boss;

-- WARNING(access): gives SELECT on table public.taken to role boss
GRANT SELECT ON TABLE public.taken TO boss;

-- WARNING(access): function public.f() is given to boss, who may do all with it
ALTER FUNCTION public.f() OWNER TO boss;

-- WARNING(access): gives EXECUTE on function public.f() to role app
GRANT EXECUTE ON FUNCTION public.f() TO app;
