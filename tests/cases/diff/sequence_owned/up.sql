CREATE SEQUENCE public.s AS integer INCREMENT BY 5 START WITH 10;

ALTER SEQUENCE public.s OWNED BY public.t.id;
ALTER TABLE public.t ALTER COLUMN id SET DEFAULT nextval('public.s'::regclass);
