DROP INDEX public.t_i;

DROP INDEX public.t1_a_idx1;

DROP INDEX public.t2_own;

CREATE INDEX t_i ON public.t (b NULLS FIRST);

CREATE INDEX t1_a_idx ON public.t1 (a DESC) WHERE a <> 77;

CREATE INDEX t2_a_idx ON public.t2 (a DESC) WHERE a <> 77;
