ALTER TYPE public.state ADD VALUE 'draft' BEFORE 'open';

BEGIN;

DROP VIEW public.task_notes;

CREATE TABLE public.owner (
    id integer NOT NULL,
    name text NOT NULL,
    CONSTRAINT owner_pkey PRIMARY KEY (id)
);

ALTER TABLE public.task ADD COLUMN owner integer;
ALTER TABLE public.task ALTER COLUMN state SET DEFAULT 'draft'::public.state;

-- WARNING(may-fail): column public.task.title becomes NOT NULL: fails where a row holds null
ALTER TABLE public.task ALTER COLUMN title SET NOT NULL;

CREATE INDEX task_drafts ON public.task (id) WHERE state = 'draft'::public.state;

-- WARNING(may-fail): foreign key public.task.task_owner_fkey: fails where a row refers to none
ALTER TABLE public.task ADD CONSTRAINT task_owner_fkey FOREIGN KEY (owner) REFERENCES public.owner (id);

-- WARNING(data-loss): drops column public.task.note and the data in it
ALTER TABLE public.task DROP COLUMN note;

COMMIT;
