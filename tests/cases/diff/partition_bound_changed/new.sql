CREATE TABLE public.readings (at date NOT NULL, value integer, PRIMARY KEY (at)) PARTITION BY RANGE (at);
CREATE TABLE public.first PARTITION OF public.readings FOR VALUES FROM (MINVALUE) TO ('2026-07-01');
