ALTER TABLE public.mine RENAME TO ours;

ALTER TABLE public.people RENAME TO users;

-- WARNING(access): table public.users is given to boss, who may do all with it
ALTER TABLE public.users OWNER TO boss;
