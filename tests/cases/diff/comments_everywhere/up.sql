COMMENT ON TABLE s.t IS 'table';
COMMENT ON COLUMN s.t.a IS 'col';
COMMENT ON CONSTRAINT t_pkey ON s.t IS 'key';

COMMENT ON SCHEMA s IS 'it''s';
