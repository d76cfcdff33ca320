create table cases (id int primary key);
create table notes (case_id int constraint notes_case_id_fkey references cases (id));
create table files (case_id int constraint files_case_id_fkey references cases (id));
