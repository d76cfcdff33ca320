ALTER TABLE public.notes DROP CONSTRAINT notes_case_id_fkey;

ALTER TABLE public.cases DROP CONSTRAINT cases_id_key;
ALTER TABLE public.cases ADD CONSTRAINT cases_pkey PRIMARY KEY (id);

CREATE TABLE public.files (
    case_id integer,
    CONSTRAINT files_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases (id)
);

ALTER TABLE public.notes ADD CONSTRAINT notes_case_id_fkey FOREIGN KEY (case_id) REFERENCES public.cases (id);
