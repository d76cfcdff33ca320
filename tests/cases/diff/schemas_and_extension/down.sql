-- WARNING(data-loss): drops table app.users and the data in it
DROP TABLE app.users;

DROP EXTENSION citext;

DROP SCHEMA app;
