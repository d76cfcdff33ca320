create table notes (id integer primary key, tenant text);
alter table notes enable row level security;
alter table notes force row level security;
create policy own on notes using (tenant = current_setting('app.tenant', true));
