CREATE TABLE public.a (
    id integer
);

CREATE FUNCTION public.n()
RETURNS bigint
LANGUAGE sql STABLE
AS $$select count(*) from a$$;

CREATE TABLE public.b (
    id integer,
    n bigint DEFAULT public.n()
);
