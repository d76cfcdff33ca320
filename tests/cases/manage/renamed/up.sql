ALTER TABLE public.users RENAME TO people;
DROP TRIGGER ours ON public.people;
