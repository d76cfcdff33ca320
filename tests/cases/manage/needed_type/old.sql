CREATE TYPE mood AS ENUM ('calm', 'loud');
CREATE TABLE audit_log (id bigint, mood mood);
CREATE TABLE users (id bigint);
