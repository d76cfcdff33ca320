DROP CONVERSION mail.own;

CREATE CONVERSION mail.gone FOR 'LATIN2' TO 'UTF8' FROM pg_catalog.iso8859_to_utf8;

CREATE CONVERSION mail.own FOR 'LATIN1' TO 'UTF8' FROM pg_catalog.iso8859_1_to_utf8;
