ALTER TABLE public.users RENAME TO people;

ALTER TABLE public.ours RENAME TO mine;
