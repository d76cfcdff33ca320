CREATE TYPE public.state AS ENUM ('open', 'done');
CREATE TABLE public.task (id integer PRIMARY KEY, title text, state public.state DEFAULT 'open', note text);
CREATE VIEW public.task_notes AS SELECT id, note FROM public.task;
