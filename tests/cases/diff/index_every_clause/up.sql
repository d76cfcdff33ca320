CREATE INDEX g ON public.t USING gin (c jsonb_path_ops);

-- WARNING(may-fail): index public.t.u: fails where rows share a key
CREATE UNIQUE INDEX u ON public.t (a DESC NULLS LAST, lower(b) COLLATE "C" text_pattern_ops) INCLUDE (c) NULLS NOT DISTINCT WITH (fillfactor=70) WHERE a > 0;
