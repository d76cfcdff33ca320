create view called as select nick from person;
create materialized view kept as select lower(nick) from person;
create view chosen as with one as (select nick from person) select * from one;
create view named as select id from person where exists (select 1 from adult where nick is not null);
create function of_nick(wanted text) returns bigint return (select count(*) from person where nick = wanted);
create function add_nick(wanted text) returns int begin atomic
  insert into person (id, nick) values (1, wanted);
  select max(id) from person;
end;
grant select (nick) on person to public;
