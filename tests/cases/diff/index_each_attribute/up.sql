DROP INDEX public.includes;
DROP INDEX public.methods;
DROP INDEX public.nulls;
DROP INDEX public.uniques;
CREATE INDEX includes ON public.base (a) INCLUDE (b);
CREATE INDEX methods ON public.base USING hash (a);

-- WARNING(may-fail): index public.base.nulls: fails where rows share a key
CREATE UNIQUE INDEX nulls ON public.base (b) NULLS NOT DISTINCT;

-- WARNING(may-fail): index public.base.uniques: fails where rows share a key
CREATE UNIQUE INDEX uniques ON public.base (a);
