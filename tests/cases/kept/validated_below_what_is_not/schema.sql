-- Checks of heirs that are valid below a NOT VALID one: made later, or validated alone.
create table visit (at int, place text) partition by range (at);
create table visit_1 partition of visit for values from (0) to (10);
create table visit_2 partition of visit for values from (10) to (20) partition by range (at);
create table visit_21 partition of visit_2 for values from (10) to (15);
insert into visit values (1, '');
alter table visit add constraint has_place check (place <> '') not valid;
create table visit_3 partition of visit for values from (20) to (30);
alter table visit_2 validate constraint has_place;
create table thing (id int);
create table stone () inherits (thing);
insert into stone values (-1);
alter table thing add constraint counts check (id > 0) not valid;
create table flint () inherits (thing);
