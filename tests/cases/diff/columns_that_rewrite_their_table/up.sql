CREATE TABLE public.fresh (
    b bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
    d timestamp with time zone DEFAULT clock_timestamp()
);

-- WARNING(rewrite): column public.t.b gets a value of its own in each row: rewrites the table under an exclusive lock
ALTER TABLE public.t ADD COLUMN b bigint GENERATED ALWAYS AS IDENTITY NOT NULL;

-- WARNING(rewrite): column public.t.c gets a value of its own in each row: rewrites the table under an exclusive lock
ALTER TABLE public.t ADD COLUMN c uuid DEFAULT public.uuid_generate_v4();

-- WARNING(rewrite): column public.t.d gets a value of its own in each row: rewrites the table under an exclusive lock
ALTER TABLE public.t ADD COLUMN d timestamp with time zone DEFAULT clock_timestamp();

ALTER TABLE public.t ADD COLUMN e timestamp with time zone DEFAULT now();
ALTER TABLE public.t ADD COLUMN f integer DEFAULT 7;
