CREATE TABLE public.job (id serial PRIMARY KEY, what text);
COMMENT ON SEQUENCE public.job_id_seq IS 'Numbers of jobs';
CREATE SEQUENCE public.odd_name;
CREATE TABLE public.task (nr integer DEFAULT nextval('public.odd_name') NOT NULL, what text);
ALTER SEQUENCE public.odd_name OWNED BY public.task.nr;
