CREATE SCHEMA app;

CREATE EXTENSION citext;

CREATE TABLE app.users (
    email public.citext,
    CONSTRAINT users_email_key UNIQUE (email)
);
