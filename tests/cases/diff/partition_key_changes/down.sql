ALTER TABLE public.events RENAME TO events_old;
ALTER SEQUENCE public.events_id_seq RENAME TO events_id_seq_old;

ALTER TABLE public.events_1 RENAME TO events_1_old;

ALTER TABLE public.events_old DROP CONSTRAINT events_pkey;

CREATE TABLE public.events (
    id bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    at date NOT NULL,
    kind integer,
    note text DEFAULT 'none'::text
) PARTITION BY HASH (id);

CREATE TABLE public.events_0 PARTITION OF public.events FOR VALUES WITH (MODULUS 2, REMAINDER 0);

CREATE TABLE public.events_1 PARTITION OF public.events FOR VALUES WITH (MODULUS 2, REMAINDER 1);
ALTER TABLE public.events_1 ENABLE ROW LEVEL SECURITY;

-- WARNING(rewrite): table public.events: copies every row into a new table of the name; nobody reads or writes it until all of this is committed
-- WARNING(may-fail): table public.events: a row that belongs in none of its partitions stops it
INSERT INTO public.events (id, at, kind, note) OVERRIDING SYSTEM VALUE
SELECT id, at, kind, note FROM public.events_old;
SELECT pg_catalog.setval('public.events_id_seq', last_value, is_called) FROM public.events_id_seq_old;

CREATE OR REPLACE VIEW public.said AS
SELECT events.note
   FROM public.events
  WHERE (events.id > 1);

DROP TABLE public.events_old;

ALTER TABLE public.events ADD CONSTRAINT events_pkey PRIMARY KEY (id, at);
CREATE INDEX events_note ON public.events (note);

GRANT SELECT ON TABLE public.events_1 TO PUBLIC;
COMMENT ON TABLE public.events_1 IS 'the odd ones';

ALTER TABLE public.events ADD CONSTRAINT events_kind_fkey FOREIGN KEY (kind) REFERENCES public.kinds (id);
