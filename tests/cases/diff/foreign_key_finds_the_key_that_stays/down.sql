ALTER TABLE public.notes DROP CONSTRAINT notes_case_id_fkey;

ALTER TABLE public.cases ADD CONSTRAINT cases_id_key UNIQUE (id);

-- WARNING(data-loss): drops table public.files and the data in it
DROP TABLE public.files;

ALTER TABLE public.cases DROP CONSTRAINT cases_pkey;

ALTER TABLE public.notes ADD CONSTRAINT notes_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases (id);
