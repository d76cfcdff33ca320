ALTER TABLE public.task DROP CONSTRAINT task_owner_fkey;
DROP INDEX public.task_drafts;
ALTER TABLE public.task ALTER COLUMN title DROP NOT NULL;
ALTER TABLE public.task ALTER COLUMN state DROP DEFAULT;

ALTER TYPE public.state RENAME TO state_old;

CREATE TYPE public.state AS ENUM ('open', 'done');

-- WARNING(may-fail): rows that hold 'draft' of enum public.state make it fail: change them first
-- WARNING(rewrite): column public.task.state follows its type: rewrites every row of the table under an exclusive lock
ALTER TABLE public.task ALTER COLUMN state TYPE public.state USING state::text::public.state;

DROP TYPE public.state_old;

ALTER TABLE public.task ADD COLUMN note text;
ALTER TABLE public.task ALTER COLUMN state SET DEFAULT 'open'::public.state;

CREATE VIEW public.task_notes AS
SELECT task.id,
    task.note
   FROM public.task;

-- WARNING(data-loss): drops table public.owner and the data in it
DROP TABLE public.owner;

-- WARNING(data-loss): drops column public.task.owner and the data in it
ALTER TABLE public.task DROP COLUMN owner;
