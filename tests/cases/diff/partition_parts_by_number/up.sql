CREATE INDEX z ON public.log USING hash (what);
CREATE INDEX a ON public.log (what) WHERE id > 5;

CREATE TABLE public.log_high PARTITION OF public.log FOR VALUES FROM ('1000') TO ('2000');
