DROP RULE added ON public.shown;

DROP RULE by_retyped ON public.t;

CREATE TABLE public.dropped_with_its_log (
    a integer
);

CREATE TABLE public.log_of_stays (
    a integer
);

CREATE TABLE public.log_that_goes (
    a integer
);

CREATE RULE logs AS ON INSERT TO public.dropped_with_its_log DO ALSO INSERT INTO public.log_that_goes (a)
VALUES
  (new.a);

CREATE RULE logs AS ON INSERT TO public.stays DO ALSO INSERT INTO public.log_of_stays (a)
VALUES
  (new.a);

-- WARNING(may-fail): column public.t.retyped from bigint to integer: fails where a value does not fit
-- WARNING(rewrite): column public.t.retyped from bigint to integer: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.t ALTER COLUMN retyped TYPE integer;

CREATE OR REPLACE RULE by_actions AS ON INSERT TO public.t DO ALSO INSERT INTO public.log (note, at)
VALUES
  (new.name, new.id);

ALTER TABLE public.t DISABLE RULE by_enabled;
CREATE OR REPLACE RULE by_event AS ON INSERT TO public.t DO ALSO NOTIFY seen;
CREATE OR REPLACE RULE by_instead AS ON UPDATE TO public.t WHERE old.id = 2 DO INSTEAD DELETE FROM public.log;
CREATE RULE by_retyped AS ON DELETE TO public.t WHERE old.retyped = 3 DO INSTEAD NOTHING;
CREATE OR REPLACE RULE by_where AS ON UPDATE TO public.t WHERE old.id = 1 DO INSTEAD NOTHING;

CREATE RULE gone AS ON DELETE TO public.t DO ALSO (
DELETE FROM public.log
WHERE log.at = old.id;
INSERT INTO public.log (note, at)
SELECT
  'gone',
  old.id
);

COMMENT ON RULE by_retyped ON public.t IS 'stays';

CREATE OR REPLACE VIEW public.shown AS
SELECT t.id,
    t.name
   FROM public.t;
