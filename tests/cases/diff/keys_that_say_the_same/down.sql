ALTER TABLE public.stays DROP CONSTRAINT stays_a_key;

CREATE TABLE public.gone (
    a integer,
    b integer,
    CONSTRAINT gone_a_key UNIQUE (a),
    CONSTRAINT gone_b_excl EXCLUDE USING btree (b WITH =)
);

ALTER TABLE public.gone ADD CONSTRAINT gone_again UNIQUE (a);
ALTER TABLE public.gone ADD CONSTRAINT gone_b_excl1 EXCLUDE USING btree (b WITH =);

-- WARNING(data-loss): drops table public.one and the data in it
DROP TABLE public.one;

-- WARNING(data-loss): drops table public.two and the data in it
DROP TABLE public.two;
