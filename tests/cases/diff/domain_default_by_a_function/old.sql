create function blank(n integer) returns text language sql immutable as $$ select 'ZZ' || n $$;
create function is_plate(v text) returns boolean language sql immutable as $$ select v <> '' $$;
create domain plate as text default blank(0) constraint plate_ok check (is_plate(value));
create table car (id integer primary key, number plate not null);
create view numbers as select number from car;
