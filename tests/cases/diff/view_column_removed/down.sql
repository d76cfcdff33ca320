CREATE OR REPLACE VIEW public.v AS
SELECT t.a,
    t.b
   FROM public.t;
