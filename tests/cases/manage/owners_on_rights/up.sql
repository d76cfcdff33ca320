ALTER TABLE public.unsaid ADD COLUMN more integer;

-- WARNING(access): table public.given is given to app, who may do all with it
ALTER TABLE public.given OWNER TO app;

-- WARNING(access): gives SELECT on table public.given to role app
GRANT SELECT ON TABLE public.given TO app;
