DROP RULE logs ON public.stays;

DROP RULE by_retyped ON public.t;
DROP RULE gone ON public.t;

-- WARNING(rewrite): column public.t.retyped from integer to bigint: rewrites or scans every row of the table under an exclusive lock
ALTER TABLE public.t ALTER COLUMN retyped TYPE bigint;

CREATE OR REPLACE RULE by_actions AS ON INSERT TO public.t DO ALSO (
INSERT INTO public.log (note, at)
VALUES
  (new.name, new.id);
UPDATE public.log
SET at = log.at + 1
WHERE log.note = new.name
);

ALTER TABLE public.t ENABLE REPLICA RULE by_enabled;
CREATE OR REPLACE RULE by_event AS ON DELETE TO public.t DO ALSO NOTIFY seen;
CREATE OR REPLACE RULE by_instead AS ON UPDATE TO public.t WHERE old.id = 2 DO ALSO DELETE FROM public.log;
CREATE RULE by_retyped AS ON DELETE TO public.t WHERE old.retyped = 3 DO INSTEAD NOTHING;
CREATE OR REPLACE RULE by_where AS ON UPDATE TO public.t WHERE old.id = 1 AND new.name IS NULL DO INSTEAD NOTHING;
COMMENT ON RULE by_retyped ON public.t IS 'stays';

CREATE OR REPLACE VIEW public.shown AS
SELECT t.id,
    upper(t.name) AS name
   FROM public.t;

CREATE RULE added AS ON INSERT TO public.shown DO INSTEAD INSERT INTO public.t (id, name)
VALUES
  (new.id, new.name)
RETURNING t.id, t.name;

COMMENT ON RULE added ON public.shown IS 'new';

-- WARNING(data-loss): drops table public.dropped_with_its_log and the data in it
DROP TABLE public.dropped_with_its_log;

-- WARNING(data-loss): drops table public.log_of_stays and the data in it
DROP TABLE public.log_of_stays;

-- WARNING(data-loss): drops table public.log_that_goes and the data in it
DROP TABLE public.log_that_goes;
