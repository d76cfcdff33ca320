DROP MATERIALIZED VIEW public.kept;

DROP INDEX public.rebuilds_a;

ALTER TABLE public.gains REPLICA IDENTITY FULL;
ALTER TABLE public.gains SET WITHOUT CLUSTER;

ALTER TABLE public.loses CLUSTER ON loses_pkey;
ALTER TABLE public.loses REPLICA IDENTITY USING INDEX loses_a;

ALTER TABLE public.moves SET WITHOUT CLUSTER;
ALTER TABLE public.moves CLUSTER ON moves_a;
ALTER TABLE public.moves REPLICA IDENTITY USING INDEX moves_a;

-- WARNING(may-fail): index public.rebuilds.rebuilds_a: fails where rows share a key
CREATE UNIQUE INDEX rebuilds_a ON public.rebuilds (a);

ALTER TABLE public.rebuilds CLUSTER ON rebuilds_a;
ALTER TABLE public.rebuilds REPLICA IDENTITY USING INDEX rebuilds_a;

-- WARNING(data-loss): drops table public.made and the data in it
DROP TABLE public.made;
