CREATE TABLE public.c (
    id integer,
    CONSTRAINT c_id_fkey FOREIGN KEY (id) REFERENCES public.p (id)
);

COMMENT ON COLUMN public.c.id IS 'x';

CREATE VIEW public.v AS
SELECT c.id
   FROM public.c;
