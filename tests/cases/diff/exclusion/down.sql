ALTER TABLE public.t DROP CONSTRAINT t_during_excl;
