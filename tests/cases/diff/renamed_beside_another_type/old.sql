CREATE TABLE p (price integer, a text, CONSTRAINT pos CHECK (price >= 0));
CREATE INDEX big ON p (price) WHERE price > 100;
