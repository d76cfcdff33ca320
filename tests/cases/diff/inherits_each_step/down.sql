DROP VIEW public.round;

ALTER TABLE public.circle ALTER COLUMN name DROP DEFAULT;

ALTER TABLE public.joins ALTER COLUMN id DROP DEFAULT;

ALTER TABLE public.both_ones NO INHERIT public.first_one;

ALTER TABLE public.both_ones INHERIT public.first_one;

ALTER TABLE public.both_ones NO INHERIT public.second_one;

ALTER TABLE public.both_ones INHERIT public.second_one;

COMMENT ON COLUMN public.circle.name IS 'as painted';

ALTER TABLE public.dated ALTER COLUMN at  RESET (n_distinct);
ALTER TABLE public.changes INHERIT public.dated;

ALTER TABLE public.joins NO INHERIT public.shape;

ALTER TABLE public.shape DROP CONSTRAINT pos;

ALTER TABLE public.joins DROP CONSTRAINT pos;

ALTER TABLE public.square DROP CONSTRAINT pos;

-- WARNING(data-loss): drops column public.joins.colour and the data in it
ALTER TABLE public.joins DROP COLUMN colour;

-- WARNING(may-fail): column public.joins.id from bigint to integer: fails where a value does not fit
-- WARNING(rewrite): column public.joins.id from bigint to integer: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.joins ALTER COLUMN id TYPE integer;

-- WARNING(may-fail): check public.joins.pos: fails where a row breaks it
ALTER TABLE public.joins ADD CONSTRAINT pos CHECK (id > 0);

ALTER TABLE public.later_both NO INHERIT public.first_one;

-- WARNING(may-fail): column public.shape.id from bigint to integer: fails where a value does not fit
-- WARNING(rewrite): column public.shape.id from bigint to integer: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.shape ALTER COLUMN id TYPE integer;

ALTER TABLE public.shape ALTER COLUMN id SET DEFAULT 1;

-- WARNING(may-fail): check public.shape.pos: fails where a row breaks it
ALTER TABLE public.shape ADD CONSTRAINT pos CHECK (id > 0);

-- WARNING(may-fail): check public.square.pos: fails where a row breaks it
ALTER TABLE public.square ADD CONSTRAINT pos CHECK (id > 0);

ALTER TABLE public.far NO INHERIT public.dated;

CREATE VIEW public.round AS
SELECT circle.id,
    circle.name
   FROM public.circle;

-- WARNING(data-loss): drops column public.disc.thickness and the data in it
ALTER TABLE public.disc DROP COLUMN thickness;

-- WARNING(data-loss): drops column public.log.at and the data in it
ALTER TABLE public.log DROP COLUMN at;

ALTER TABLE public.leaves INHERIT public.log;

-- WARNING(data-loss): drops table public.made and the data in it
DROP TABLE public.made;

-- WARNING(data-loss): drops table public.parted and the data in it
-- WARNING(data-loss): drops the partitions of table public.parted with it, and the rows in them
DROP TABLE public.parted;

-- WARNING(data-loss): drops column public.shape.colour and the data in it
ALTER TABLE public.shape DROP COLUMN colour;
