CREATE TABLE public.kinds (id integer PRIMARY KEY);
CREATE TABLE public.events (
    at date NOT NULL,
    kind integer NOT NULL REFERENCES public.kinds,
    place integer NOT NULL CHECK (place > 0)
) PARTITION BY RANGE (at);
CREATE TABLE public.events_2024 PARTITION OF public.events
    FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE INDEX ON public.events (place);
