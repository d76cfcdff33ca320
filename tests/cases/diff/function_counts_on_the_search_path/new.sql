CREATE SCHEMA depot;
SET search_path = depot;
CREATE TABLE shelf (code text PRIMARY KEY);
CREATE FUNCTION is_shelf(c text) RETURNS boolean LANGUAGE sql STABLE AS 'SELECT EXISTS (SELECT FROM shelf WHERE code = c)';
CREATE FUNCTION is_free(c text) RETURNS boolean LANGUAGE sql STABLE AS 'SELECT NOT is_shelf(c)';
CREATE TABLE parcel (id integer PRIMARY KEY, place text, lost boolean DEFAULT depot.is_free('a'),
  CONSTRAINT parcel_place CHECK (is_shelf(place)), CONSTRAINT parcel_held CHECK (NOT is_free(place)));
