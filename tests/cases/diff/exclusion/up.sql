-- WARNING(may-fail): exclusion public.t.t_during_excl: fails where two rows exclude each other
ALTER TABLE public.t ADD CONSTRAINT t_during_excl EXCLUDE USING gist (during WITH &&);
