create domain port as integer;
create domain host as text;
create type address as (host host, port port);
create table server (id integer primary key, main port, others port[], seen address);
