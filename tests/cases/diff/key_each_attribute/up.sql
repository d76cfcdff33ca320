ALTER TABLE public.refers DROP CONSTRAINT refers_a_fkey;

ALTER TABLE public.defers DROP CONSTRAINT defers_b;
ALTER TABLE public.defers DROP CONSTRAINT defers_key;

ALTER TABLE public.includes DROP CONSTRAINT includes_b;
ALTER TABLE public.includes DROP CONSTRAINT includes_key;

ALTER TABLE public.inherited_check DROP CONSTRAINT positive;

ALTER TABLE public.nulls DROP CONSTRAINT nulls_a;

ALTER TABLE public.starts_deferred DROP CONSTRAINT starts_b;
ALTER TABLE public.starts_deferred DROP CONSTRAINT starts_key;

ALTER TABLE public.widened DROP CONSTRAINT widened_a;

ALTER TABLE public.clusters CLUSTER ON clusters_a;

-- WARNING(may-fail): primary key public.defers.defers_key: fails where rows share a key or hold null in it
ALTER TABLE public.defers ADD CONSTRAINT defers_key PRIMARY KEY (a) DEFERRABLE;

-- WARNING(may-fail): unique public.defers.defers_b: fails where rows share a key
ALTER TABLE public.defers ADD CONSTRAINT defers_b UNIQUE (b) DEFERRABLE;

ALTER INDEX public.fills_key SET (fillfactor=70);
ALTER INDEX public.fills_b SET (fillfactor=80);

-- WARNING(may-fail): primary key public.includes.includes_key: fails where rows share a key or hold null in it
ALTER TABLE public.includes ADD CONSTRAINT includes_key PRIMARY KEY (a) INCLUDE (b);

-- WARNING(may-fail): unique public.includes.includes_b: fails where rows share a key
ALTER TABLE public.includes ADD CONSTRAINT includes_b UNIQUE (b) INCLUDE (a);

-- WARNING(may-fail): check public.inherited_check.positive: fails where a row breaks it
ALTER TABLE public.inherited_check ADD CONSTRAINT positive CHECK (a > 0) NO INHERIT;

-- WARNING(may-fail): unique public.nulls.nulls_a: fails where rows share a key
ALTER TABLE public.nulls ADD CONSTRAINT nulls_a UNIQUE NULLS NOT DISTINCT (a);

-- WARNING(may-fail): primary key public.starts_deferred.starts_key: fails where rows share a key or hold null in it
ALTER TABLE public.starts_deferred ADD CONSTRAINT starts_key PRIMARY KEY (a) DEFERRABLE INITIALLY DEFERRED;

-- WARNING(may-fail): unique public.starts_deferred.starts_b: fails where rows share a key
ALTER TABLE public.starts_deferred ADD CONSTRAINT starts_b UNIQUE (b) DEFERRABLE INITIALLY DEFERRED;

-- WARNING(may-fail): unique public.widened.widened_a: fails where rows share a key
ALTER TABLE public.widened ADD CONSTRAINT widened_a UNIQUE (a, b);

ALTER TABLE public.refers ADD CONSTRAINT refers_a_fkey FOREIGN KEY (a) REFERENCES public.includes (a);
