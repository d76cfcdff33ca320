DROP INDEX public.rebuilds_a;

ALTER TABLE public.gains CLUSTER ON gains_pkey;
ALTER TABLE public.gains REPLICA IDENTITY USING INDEX gains_pkey;

ALTER TABLE public.loses REPLICA IDENTITY NOTHING;
ALTER TABLE public.loses SET WITHOUT CLUSTER;

CREATE TABLE public.made (
    id integer NOT NULL,
    a integer NOT NULL,
    CONSTRAINT made_pkey PRIMARY KEY (id),
    CONSTRAINT made_a_key UNIQUE (a)
);

ALTER TABLE public.made CLUSTER ON made_a_key;
ALTER TABLE public.made REPLICA IDENTITY USING INDEX made_a_key;

ALTER TABLE public.moves REPLICA IDENTITY USING INDEX moves_a_key;
ALTER TABLE public.moves SET WITHOUT CLUSTER;
ALTER TABLE public.moves CLUSTER ON moves_b_excl;

-- WARNING(may-fail): index public.rebuilds.rebuilds_a: fails where rows share a key
CREATE UNIQUE INDEX rebuilds_a ON public.rebuilds (a DESC);

ALTER TABLE public.rebuilds CLUSTER ON rebuilds_a;
ALTER TABLE public.rebuilds REPLICA IDENTITY USING INDEX rebuilds_a;

CREATE MATERIALIZED VIEW public.kept AS
SELECT made.id
   FROM public.made;

CREATE INDEX kept_id ON public.kept (id);
ALTER MATERIALIZED VIEW public.kept CLUSTER ON kept_id;
