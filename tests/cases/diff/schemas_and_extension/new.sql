create schema app;
create extension citext;
create table app.users (email citext unique);
