CREATE TABLE public.readings (at date NOT NULL, value integer CONSTRAINT positive CHECK (value > 0)) PARTITION BY RANGE (at);
CREATE INDEX by_value ON public.readings (value);
CREATE TABLE public.old_ones PARTITION OF public.readings FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
CREATE TABLE public.new_ones (at date, value integer);
