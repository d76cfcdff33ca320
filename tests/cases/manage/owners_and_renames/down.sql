ALTER TABLE public.users RENAME TO people;

ALTER TABLE public.ours RENAME TO mine;

-- WARNING(access): table public.people is given to app, who may do all with it
ALTER TABLE public.people OWNER TO app;
