ALTER TABLE public.t RENAME TO t_old;

ALTER TABLE public.o ALTER COLUMN k DROP DEFAULT;

ALTER TYPE public.e RENAME TO e_old;

CREATE TYPE public.e AS ENUM ('a', 'b');

-- WARNING(may-fail): rows that hold 'c' of enum public.e make it fail: change them first
-- WARNING(rewrite): column public.o.k follows its type: rewrites every row of the table under an exclusive lock
ALTER TABLE public.o ALTER COLUMN k TYPE public.e USING k::text::public.e;

DROP TYPE public.e_old;

ALTER TABLE public.o ALTER COLUMN k SET DEFAULT 'a'::public.e;

CREATE TABLE public.t (
    id integer NOT NULL,
    d date NOT NULL,
    v text,
    lost text
);

-- WARNING(rewrite): table public.t: copies every row into a new table of the name; nobody reads or writes it until all of this is committed
-- WARNING(data-loss): drops column public.t.x and the data in it
INSERT INTO public.t (id, d, v)
SELECT id, d, v FROM public.t_old;

DROP TABLE public.t_old;

-- WARNING(may-fail): primary key public.t.t_pkey: fails where rows share a key or hold null in it
ALTER TABLE public.t ADD CONSTRAINT t_pkey PRIMARY KEY (id);
