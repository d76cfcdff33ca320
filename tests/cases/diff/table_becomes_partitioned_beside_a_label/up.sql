ALTER TYPE public.e ADD VALUE 'c';

BEGIN;

ALTER TABLE public.t RENAME TO t_old;

ALTER TABLE public.o ALTER COLUMN k SET DEFAULT 'c'::public.e;

CREATE TABLE public.t (
    id integer NOT NULL,
    d date NOT NULL,
    v text,
    x integer NOT NULL
) PARTITION BY RANGE (d);

CREATE TABLE public.p20 PARTITION OF public.t FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');

-- WARNING(rewrite): table public.t: copies every row into a new table of the name; nobody reads or writes it until all of this is committed
-- WARNING(may-fail): table public.t: a row that belongs in none of its partitions stops it
-- WARNING(data-loss): drops column public.t.lost and the data in it
-- WARNING(may-fail): column public.t.x is NOT NULL without a default: fails where the table has rows
INSERT INTO public.t (id, d, v)
SELECT id, d, v FROM ONLY public.t_old;

DROP TABLE public.t_old;

-- WARNING(may-fail): unique public.t.t_id_d_key: fails where rows share a key
ALTER TABLE public.t ADD CONSTRAINT t_id_d_key UNIQUE (id, d);

-- WARNING(may-fail): check public.t.t_id_check: fails where a row breaks it
ALTER TABLE public.t ADD CONSTRAINT t_id_check CHECK (id > 0);

COMMIT;
