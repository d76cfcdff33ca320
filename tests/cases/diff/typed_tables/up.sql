ALTER TABLE public.follows ALTER COLUMN a DROP DEFAULT;
ALTER TABLE public.follows NOT OF;
ALTER TABLE public.follows ADD COLUMN c date;

-- WARNING(may-fail): column public.follows.b becomes NOT NULL: fails where a row holds null
ALTER TABLE public.follows ALTER COLUMN b SET NOT NULL;

ALTER TABLE public.joins ADD COLUMN c date;

ALTER TABLE public.leaves NOT OF;

ALTER TYPE public.pair ADD ATTRIBUTE c date;
ALTER TABLE public.follows OF public.pair;
ALTER TABLE public.joins OF public.pair;

CREATE TABLE public.made OF public.pair WITH (fillfactor=70);
ALTER TABLE public.made ALTER COLUMN a SET DEFAULT 2;
ALTER TABLE public.made ADD CONSTRAINT made_a_check CHECK (a > 0);
