CREATE TYPE public.state AS ENUM ('draft', 'open', 'done');
CREATE TABLE public.owner (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE public.task (id integer PRIMARY KEY, title text NOT NULL, state public.state DEFAULT 'draft',
    owner integer REFERENCES public.owner (id));
CREATE INDEX task_drafts ON public.task (id) WHERE state = 'draft';
