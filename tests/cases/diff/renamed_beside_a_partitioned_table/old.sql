CREATE TABLE public.ev (at date) PARTITION BY RANGE (at);
CREATE TABLE public.person (
  name text,
  lower_name text GENERATED ALWAYS AS (lower(name)) STORED,
  nick text,
  lower_nick text GENERATED ALWAYS AS (lower(nick)) STORED,
  CONSTRAINT nick_is_short CHECK (length(nick) < 20)
);
