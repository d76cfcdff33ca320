CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
CREATE TABLE public.events (
    at date NOT NULL,
    kind integer NOT NULL,
    place integer NOT NULL
) PARTITION BY RANGE (at);
CREATE TABLE public.events_2024 PARTITION OF public.events
    FOR VALUES FROM ('2024-01-01') TO ('2025-01-01') PARTITION BY LIST (place);
CREATE TABLE public.events_2024_a PARTITION OF public.events_2024 FOR VALUES IN (1);
CREATE TABLE public.events_2024_c PARTITION OF public.events_2024 DEFAULT;
CREATE INDEX ON public.events (place);
CREATE INDEX own ON public.events_2024 (kind);
ALTER TABLE public.events_2024 ADD CONSTRAINT own_check CHECK (kind >= 0);
CREATE TRIGGER refuse BEFORE INSERT ON public.events FOR EACH ROW EXECUTE FUNCTION public.refuse();
COMMENT ON TABLE public.events_2024 IS 'Of that year';
CREATE TRIGGER refuse_too BEFORE INSERT ON public.events FOR EACH ROW EXECUTE FUNCTION public.refuse();
