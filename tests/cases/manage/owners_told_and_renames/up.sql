ALTER TABLE public.mine RENAME TO ours;

ALTER TABLE public.people RENAME TO users;
