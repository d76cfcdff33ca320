create table bookings (id int primary key, seats int4range, term tsrange, blocks int4range);
