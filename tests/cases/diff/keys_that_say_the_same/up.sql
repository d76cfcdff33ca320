CREATE TABLE public.one (
    a integer NOT NULL,
    b integer,
    CONSTRAINT one_pkey PRIMARY KEY (a),
    CONSTRAINT one_b_key UNIQUE (b),
    CONSTRAINT one_b_excl EXCLUDE USING btree (b WITH =)
);

ALTER TABLE public.stays ADD CONSTRAINT stays_a_key UNIQUE (a);

CREATE TABLE public.two (
    a integer NOT NULL,
    b integer,
    CONSTRAINT two_pkey PRIMARY KEY (a),
    CONSTRAINT b_again UNIQUE (b),
    CONSTRAINT two_b_a_key UNIQUE (b) INCLUDE (a),
    CONSTRAINT two_b_excl EXCLUDE USING btree (b WITH =)
);

ALTER TABLE public.two ADD CONSTRAINT two_a_key UNIQUE (a);
ALTER TABLE public.two ADD CONSTRAINT two_b_key UNIQUE (b);
ALTER TABLE public.two ADD CONSTRAINT two_b_excl1 EXCLUDE USING btree (b WITH =);

-- WARNING(data-loss): drops table public.gone and the data in it
DROP TABLE public.gone;
