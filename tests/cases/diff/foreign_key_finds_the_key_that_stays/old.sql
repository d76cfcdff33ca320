create table cases (id int not null, constraint cases_id_key unique (id));
create table notes (case_id int constraint notes_case_id_fkey references cases (id));
