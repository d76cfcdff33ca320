CREATE SEQUENCE app.t_id_seq AS integer;

ALTER TABLE app.heir NO INHERIT public.t;

CREATE TABLE app.t (
    id integer DEFAULT nextval('app.t_id_seq'::regclass) NOT NULL,
    a integer,
    CONSTRAINT t_pkey PRIMARY KEY (id),
    CONSTRAINT small CHECK (a < 100)
);

ALTER SEQUENCE app.t_id_seq OWNED BY app.t.id;

ALTER TABLE app.heir ALTER COLUMN id SET DEFAULT nextval('app.t_id_seq'::regclass);

-- WARNING(may-fail): check app.heir.small: fails where a row breaks it
ALTER TABLE app.heir VALIDATE CONSTRAINT small;

ALTER TABLE app.heir INHERIT app.t;

-- WARNING(data-loss): drops table public.t and the data in it
DROP TABLE public.t;
