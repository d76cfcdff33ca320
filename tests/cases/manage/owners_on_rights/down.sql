-- WARNING(data-loss): drops column public.unsaid.more and the data in it
ALTER TABLE public.unsaid DROP COLUMN more;

-- WARNING(access): table public.given is given to postgres, who may do all with it
ALTER TABLE public.given OWNER TO postgres;

-- WARNING(access): takes SELECT on table public.given from role postgres
REVOKE SELECT ON TABLE public.given FROM postgres;

-- WARNING(access): gives SELECT (n) on column public.given.n to role postgres
GRANT SELECT (n) ON TABLE public.given TO postgres;
