CREATE TABLE public.line (price integer, twice integer GENERATED ALWAYS AS (price * 2) STORED, note text);
