DROP VIEW audit.seen;

CREATE TABLE public.users (
    id integer
);
