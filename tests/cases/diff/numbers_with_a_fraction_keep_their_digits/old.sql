create table measures (a double precision, b real, c real[], d double precision);
