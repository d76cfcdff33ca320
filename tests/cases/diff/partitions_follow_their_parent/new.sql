CREATE TABLE public.readings (at date NOT NULL, value bigint, kept integer NOT NULL DEFAULT 3, added text,
    CONSTRAINT positive CHECK (value > 0)) PARTITION BY RANGE (at);
CREATE INDEX by_added ON public.readings (added);
CREATE TABLE public.first PARTITION OF public.readings FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE INDEX of_first ON public.first (value, at);
CREATE VIEW public.seen AS SELECT value FROM public.first;
