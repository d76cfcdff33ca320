CREATE TABLE person (
    id bigint PRIMARY KEY,
    name text NOT NULL,
    address_id bigint
);
CREATE TABLE place (
    id bigint PRIMARY KEY,
    street text,
    town text
);
ALTER TABLE person ADD CONSTRAINT person_address_id_fkey FOREIGN KEY (address_id) REFERENCES place (id);
CREATE VIEW in_town AS SELECT person.id, place.town FROM person JOIN place ON place.id = person.address_id;
