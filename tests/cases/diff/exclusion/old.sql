create table t (during tsrange);
