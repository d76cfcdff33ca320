-- A conversion changes in no way but by a new one.
CREATE SCHEMA mail;
CREATE CONVERSION mail.own FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
CREATE CONVERSION mail.gone FOR 'LATIN2' TO 'UTF8' FROM iso8859_to_utf8;
