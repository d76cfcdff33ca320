CREATE INDEX other_a ON public.t (a COLLATE "default");
CREATE INDEX other_b ON public.t (b COLLATE "default");
CREATE INDEX other_c ON public.t (c COLLATE "default");
CREATE INDEX own_d ON public.t (d);
