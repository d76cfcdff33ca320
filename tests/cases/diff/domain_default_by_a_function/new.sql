create function blank(number integer) returns text language sql immutable as $$ select 'ZZ' || number $$;
create function is_plate(candidate text) returns boolean language sql immutable as $$ select candidate <> '' $$;
create domain plate as text default blank(0) constraint plate_ok check (is_plate(value));
create table car (id integer primary key, number plate not null);
create view numbers as select number from car;
