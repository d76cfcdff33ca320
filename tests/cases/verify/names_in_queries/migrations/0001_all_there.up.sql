create table person (id int, name text, parent int);
create table student (id int, name text, parent int, school text);
create function full_name(person) returns text language sql as 'select $1.name';
create function pairs(x int) returns table (p int, q text) language sql as 'select x, ''a''';
create view whole_row as select person, person.full_name, full_name(person) as called from person;
create view labels as select lower(name), count(*), 1 as one from person group by lower order by count, one;
create view system_columns as select ctid, tableoid from person;
create view outer_columns as select id, (select max(s.id) from student s where s.school = nickname and s.parent = id)
  from (select id, 'x' as nickname from person) p;
create view inherited as select school, name, parent from student order by parent;
create view of_functions as select p, q, key, value, x from pairs(1), json_each('{}'), generate_series(1, 2) x;
create view set_operation as select * from pairs(1) union select * from pairs(2) order by p;
create view of_values as values (1, 2) order by column2;
create view laterals as select e.total from person, lateral (select id + parent as total) e where total > 1;
create view recursion as
  with recursive r as (select id, 1 as depth from person
                       union all select p.id, depth + 1 from person p join r on r.id = p.parent)
  select depth, id from r order by depth;
create view of_catalogs as select relname, nspname from pg_class join pg_namespace n on n.oid = relnamespace;
create view joined as select id, j.id as again from (person join student using (id)) j;
create view renamed as select id as old from person;
alter view renamed rename column old to new;
create view of_renamed as select new from renamed;
create function sum_of(a int, b int default 1) returns int return a + b;
create function of_name(wanted text) returns bigint return (select count(*) from person where of_name.wanted = name);
create function outputs(n int, out x int, out y int) begin atomic select n, n + $1; end;
create procedure put(n int) begin atomic
  update person set name = 'x' where id = n returning id;
  delete from person where id = n;
  insert into person as made values (n, 'a');
end;
grant select (ctid, id), update (name) on person to public;
grant select (new) on renamed to public;
