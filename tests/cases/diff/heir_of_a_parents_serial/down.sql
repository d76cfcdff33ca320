CREATE SEQUENCE public.t_id_seq AS integer;

ALTER TABLE app.heir NO INHERIT app.t;
ALTER TABLE app.heir DROP CONSTRAINT small;

CREATE TABLE public.t (
    id integer DEFAULT nextval('public.t_id_seq'::regclass) NOT NULL,
    a integer,
    CONSTRAINT t_pkey PRIMARY KEY (id)
);

ALTER SEQUENCE public.t_id_seq OWNED BY public.t.id;

ALTER TABLE app.heir ALTER COLUMN id SET DEFAULT nextval('public.t_id_seq'::regclass);

ALTER TABLE public.t ADD CONSTRAINT small CHECK (a < 100) NOT VALID;

ALTER TABLE app.heir ADD CONSTRAINT small CHECK (a < 100) NOT VALID;

ALTER TABLE app.heir INHERIT public.t;

-- WARNING(data-loss): drops table app.t and the data in it
DROP TABLE app.t;
