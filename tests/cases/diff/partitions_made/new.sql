CREATE TABLE public.places (id integer PRIMARY KEY);
CREATE TABLE public.readings (
    at timestamp with time zone NOT NULL,
    place integer NOT NULL REFERENCES public.places,
    value numeric DEFAULT 0 CHECK (value >= 0),
    note text,
    PRIMARY KEY (at, place)
) PARTITION BY RANGE (at);
CREATE INDEX ON public.readings (lower(note));
CREATE TABLE public.readings_2025 PARTITION OF public.readings
  FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE public.readings_2026 PARTITION OF public.readings (
    value DEFAULT 1, note NOT NULL, CHECK (place > 0)
) FOR VALUES FROM ('2026-01-01') TO (MAXVALUE) PARTITION BY LIST (place);
ALTER TABLE public.readings_2025 ALTER COLUMN value DROP DEFAULT;
CREATE TABLE public.readings_2026_a PARTITION OF public.readings_2026 FOR VALUES IN (1, 2);
CREATE TABLE public.readings_2026_rest PARTITION OF public.readings_2026 DEFAULT WITH (fillfactor=80);
CREATE INDEX of_one ON public.readings_2025 (value);
CREATE TABLE public.spread (id integer) PARTITION BY HASH (id);
CREATE TABLE public.spread_0 PARTITION OF public.spread FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE public.tags (name text, kind text) PARTITION BY LIST (lower(name));
CREATE TABLE public.tags_a PARTITION OF public.tags (PRIMARY KEY (name, kind)) FOR VALUES IN ('a');
