create domain rate as numeric(5,2);
create domain flags as bit varying(3);
create domain code as varchar(3);
create domain short_code as code;

create table fees (share numeric(7,3), marks bit varying(10), label text, tags text[], nick text, mask bit(5), exact rate);
