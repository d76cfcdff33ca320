DROP TYPE public.only_a_shell;

-- WARNING(access): gives USAGE on base type public.words to everybody
GRANT USAGE ON TYPE public.words TO PUBLIC;

ALTER TYPE public.altered SET (RECEIVE = NONE, SEND = NONE);

CREATE TYPE public.dropped;

CREATE FUNCTION public.dropped_in(cstring)
RETURNS public.dropped
LANGUAGE internal IMMUTABLE STRICT
AS $$int4in$$;

CREATE FUNCTION public.dropped_out(public.dropped)
RETURNS cstring
LANGUAGE internal IMMUTABLE STRICT
AS $$int4out$$;

CREATE TYPE public.dropped (
    INPUT = public.dropped_in,
    OUTPUT = public.dropped_out,
    INTERNALLENGTH = 4,
    PASSEDBYVALUE
);

ALTER TABLE public.holding ADD COLUMN d public.dropped;

CREATE FUNCTION public.more(public.dropped)
RETURNS integer
LANGUAGE internal IMMUTABLE STRICT
AS $$int4inc$$;

DROP TYPE public.number CASCADE;
CREATE TYPE public.number;

DROP TYPE public.words CASCADE;
CREATE TYPE public.words;

-- WARNING(data-loss): drops column public.holding.all_of_it and the data in it
ALTER TABLE public.holding DROP COLUMN all_of_it;

-- WARNING(data-loss): drops column public.holding.c and the data in it
ALTER TABLE public.holding DROP COLUMN c;

DROP TYPE public.created CASCADE;
