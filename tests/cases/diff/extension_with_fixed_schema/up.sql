COMMENT ON EXTENSION xml2 IS NULL;

-- WARNING(data-loss): extension xml2 goes and comes again in another schema, which its control file does not let it change: what it keeps itself is lost
DROP EXTENSION xml2;

CREATE EXTENSION xml2 SCHEMA there;

COMMENT ON EXTENSION xml2 IS 'comes again';
