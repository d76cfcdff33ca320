ALTER TABLE public.refers DROP CONSTRAINT refers_t_fkey;

DROP INDEX public.t_a;
DROP INDEX public.t_b;
ALTER TABLE public.t DROP CONSTRAINT t_id_a_key;
ALTER TABLE public.t DROP CONSTRAINT t_pkey;
ALTER TABLE public.t ADD CONSTRAINT t_pkey PRIMARY KEY (id) WITH (fillfactor=70);
ALTER TABLE public.t ADD CONSTRAINT t_id_a_key UNIQUE (id, a);
CREATE INDEX t_a ON public.t (a);
CREATE INDEX t_b ON public.t (b) WITH (fillfactor=80);
COMMENT ON INDEX public.t_b IS 'kept';

ALTER INDEX public.t1_alone RESET (fillfactor);

ALTER TABLE public.refers ADD CONSTRAINT refers_t_fkey FOREIGN KEY (t) REFERENCES public.t (id);
