CREATE TABLE public.measures (
    at date,
    value numeric
) PARTITION BY RANGE (at);

CREATE TABLE other.measures_1 PARTITION OF public.measures FOR VALUES FROM ('2025-01-01') TO ('2025-02-01');

ALTER TABLE public.measures ADD CONSTRAINT measures_value_check CHECK (value > (0)::numeric) NOT VALID;

CREATE TABLE public.things (
    id bigint
);

CREATE TABLE other.stones (
) INHERITS (public.things);

CREATE TABLE other.flints (
) INHERITS (other.stones);

ALTER TABLE public.things ADD CONSTRAINT things_id_check CHECK (id > 0) NOT VALID;
