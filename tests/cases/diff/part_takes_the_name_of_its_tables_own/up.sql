DROP INDEX public.t_i;

DROP INDEX public.t1_a_idx;

DROP INDEX public.t2_a_idx;

CREATE INDEX t_i ON public.t (a NULLS FIRST);

CREATE INDEX t1_a_idx1 ON public.t1 (a DESC) WHERE a <> 77;

CREATE INDEX t2_own ON public.t2 (a DESC) WHERE a <> 77;
