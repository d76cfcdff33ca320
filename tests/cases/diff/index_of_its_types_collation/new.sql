CREATE DOMAIN public.code AS text COLLATE "C";
CREATE DOMAIN public.codes AS public.code[];
CREATE TABLE public.t (a name, b public.code, c public.codes, d text);
CREATE INDEX same_a ON public.t (a);
CREATE INDEX same_b ON public.t (b DESC);
CREATE INDEX other_a ON public.t (a COLLATE "default");
CREATE INDEX other_b ON public.t (b COLLATE "default");
CREATE INDEX other_c ON public.t (c COLLATE "default");
CREATE INDEX own_d ON public.t (d COLLATE "default");
