CREATE TABLE public.line (price integer, twice integer GENERATED ALWAYS AS (price * 2 + 1) STORED, note text);
