ALTER TABLE public.t DROP CONSTRAINT t_up_fkey;

-- WARNING(may-fail): foreign key public.t.t_up_fkey: fails where a row refers to none
ALTER TABLE public.t ADD CONSTRAINT t_up_fkey FOREIGN KEY (up) REFERENCES public.t (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED;
