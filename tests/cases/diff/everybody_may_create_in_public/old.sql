-- Up to 14 everybody may create in a new schema public, later nobody; what is wanted is granted either way.
grant create on schema public to public;
create table t (a int);
