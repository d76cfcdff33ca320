ALTER TABLE public.stones ADD COLUMN weight numeric;

-- WARNING(may-fail): check public.stones.things_weight_check: fails where a row breaks it
ALTER TABLE public.stones ADD CONSTRAINT things_weight_check CHECK (weight > (0)::numeric);

CREATE TABLE public.things (
    id bigint,
    name text NOT NULL,
    weight numeric,
    CONSTRAINT things_weight_check CHECK (weight > (0)::numeric)
);

ALTER TABLE public.stones INHERIT public.things;
