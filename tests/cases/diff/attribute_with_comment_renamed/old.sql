create type place as (street text, town text);
comment on column place.street is 'with its number';
create view v as select 1 as a;
comment on column v.a is 'one';
