-- A serial's sequence goes with its column: renamed, of another type, or named by an older name of its table.
CREATE TABLE invoice (old_number serial PRIMARY KEY, total numeric);
CREATE TABLE guest (id serial PRIMARY KEY, name text);
CREATE TABLE ticket (old_number serial, seat text);
CREATE TABLE room_before (number serial, floor integer);
ALTER TABLE room_before RENAME TO room;
CREATE SEQUENCE kept_apart;
