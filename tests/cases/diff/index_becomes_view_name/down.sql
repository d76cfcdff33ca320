DROP VIEW public.x;

CREATE INDEX x ON public.t (a);
