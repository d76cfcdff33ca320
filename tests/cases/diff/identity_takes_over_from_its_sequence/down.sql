ALTER SEQUENCE public.job_id_seq RENAME TO job_id_seq_old;

ALTER SEQUENCE public.task_nr_seq RENAME TO task_nr_seq_old;

CREATE SEQUENCE public.job_id_seq AS integer;

ALTER SEQUENCE public.job_id_seq OWNED BY public.job.id;

SELECT pg_catalog.setval('public.job_id_seq', greatest(max(id)::bigint + 1, 1), false) FROM public.job;
SELECT pg_catalog.setval('public.job_id_seq', o.last_value, o.is_called) FROM public.job_id_seq_old o, public.job_id_seq n WHERE o.last_value >= n.last_value;

ALTER TABLE public.job ALTER COLUMN id DROP IDENTITY;

COMMENT ON SEQUENCE public.job_id_seq IS 'Numbers of jobs';

CREATE SEQUENCE public.odd_name;
SELECT pg_catalog.setval('public.odd_name', o.last_value, o.is_called) FROM public.task_nr_seq_old o, public.odd_name n WHERE o.last_value >= n.last_value;

ALTER TABLE public.task ALTER COLUMN nr DROP IDENTITY;
ALTER SEQUENCE public.odd_name OWNED BY public.task.nr;

ALTER TABLE public.job ALTER COLUMN id SET DEFAULT nextval('public.job_id_seq'::regclass);

ALTER TABLE public.task ALTER COLUMN nr SET DEFAULT nextval('public.odd_name'::regclass);
