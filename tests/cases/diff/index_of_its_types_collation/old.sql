CREATE DOMAIN public.code AS text COLLATE "C";
CREATE DOMAIN public.codes AS public.code[];
CREATE TABLE public.t (a name, b public.code, c public.codes, d text);
CREATE INDEX same_a ON public.t (a COLLATE "C");
CREATE INDEX same_b ON public.t (b COLLATE pg_catalog."C" DESC);
