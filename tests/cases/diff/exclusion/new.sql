create table t (during tsrange, exclude using gist (during with &&));
