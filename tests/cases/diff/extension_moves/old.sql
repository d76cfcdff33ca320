CREATE SCHEMA tools;
CREATE EXTENSION citext;
CREATE TABLE holder (name citext);
