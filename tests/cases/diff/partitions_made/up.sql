CREATE TABLE public.readings (
    at timestamp with time zone NOT NULL,
    place integer NOT NULL,
    value numeric DEFAULT 0,
    note text,
    CONSTRAINT readings_pkey PRIMARY KEY (at, place),
    CONSTRAINT readings_value_check CHECK (value >= (0)::numeric),
    CONSTRAINT readings_place_fkey FOREIGN KEY (place) REFERENCES public.places (id)
) PARTITION BY RANGE (at);

CREATE INDEX readings_lower_idx ON public.readings (lower(note));

CREATE TABLE public.readings_2025 PARTITION OF public.readings FOR VALUES FROM ('2025-01-01 00:00:00+00') TO ('2026-01-01 00:00:00+00');
ALTER TABLE public.readings_2025 ALTER COLUMN value SET DEFAULT NULL;
CREATE INDEX of_one ON public.readings_2025 (value);

CREATE TABLE public.readings_2026 PARTITION OF public.readings FOR VALUES FROM ('2026-01-01 00:00:00+00') TO (MAXVALUE) PARTITION BY LIST (place);
ALTER TABLE public.readings_2026 ALTER COLUMN value SET DEFAULT 1;
ALTER TABLE public.readings_2026 ALTER COLUMN note SET NOT NULL;
ALTER TABLE public.readings_2026 ADD CONSTRAINT readings_2026_place_check CHECK (place > 0);

CREATE TABLE public.readings_2026_a PARTITION OF public.readings_2026 FOR VALUES IN (1, 2);

CREATE TABLE public.readings_2026_rest PARTITION OF public.readings_2026 DEFAULT WITH (fillfactor=80);

CREATE TABLE public.spread (
    id integer
) PARTITION BY HASH (id);

CREATE TABLE public.spread_0 PARTITION OF public.spread FOR VALUES WITH (MODULUS 2, REMAINDER 0);

CREATE TABLE public.tags (
    name text,
    kind text
) PARTITION BY LIST (lower(name));

CREATE TABLE public.tags_a PARTITION OF public.tags FOR VALUES IN ('a');
ALTER TABLE public.tags_a ALTER COLUMN kind SET NOT NULL;
ALTER TABLE public.tags_a ALTER COLUMN name SET NOT NULL;
ALTER TABLE public.tags_a ADD CONSTRAINT tags_a_pkey PRIMARY KEY (name, kind);
