create table bookings (id int primary key, seats int8range, term tstzrange, blocks numrange);
