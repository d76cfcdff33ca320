CREATE TABLE public.readings (at date NOT NULL, value integer, gone text, kept integer) PARTITION BY RANGE (at);
CREATE INDEX by_kept ON public.readings (kept);
CREATE TABLE public.first PARTITION OF public.readings FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE public.dropped PARTITION OF public.readings DEFAULT;
CREATE INDEX of_first ON public.first (value, at);
CREATE VIEW public.seen AS SELECT value FROM public.first;
