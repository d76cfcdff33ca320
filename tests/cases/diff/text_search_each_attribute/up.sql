DROP TEXT SEARCH CONFIGURATION app.by_parser;

DROP TEXT SEARCH DICTIONARY app.by_template;

DROP TEXT SEARCH DICTIONARY app.gone;

DROP TEXT SEARCH TEMPLATE app.by_init;

DROP TEXT SEARCH TEMPLATE app.by_lexize;

DROP TEXT SEARCH PARSER app.by_headline;
CREATE TEXT SEARCH PARSER app.by_headline (START = pg_catalog.prsd_start, GETTOKEN = pg_catalog.prsd_nexttoken, END = pg_catalog.prsd_end, LEXTYPES = pg_catalog.prsd_lextype, HEADLINE = pg_catalog.prsd_headline);

CREATE TEXT SEARCH TEMPLATE app.by_init (LEXIZE = pg_catalog.dsimple_lexize, INIT = pg_catalog.dsimple_init);

CREATE TEXT SEARCH TEMPLATE app.by_lexize (LEXIZE = pg_catalog.dsynonym_lexize);

CREATE TEXT SEARCH DICTIONARY app.added (TEMPLATE = pg_catalog.snowball, language = 'german');
COMMENT ON TEXT SEARCH DICTIONARY app.added IS 'of German words';

ALTER TEXT SEARCH DICTIONARY app.by_options (stopwords = 'english', accept);

CREATE TEXT SEARCH DICTIONARY app.by_template (TEMPLATE = pg_catalog.simple);

ALTER TEXT SEARCH CONFIGURATION app.by_mappings DROP MAPPING FOR email, url;
ALTER TEXT SEARCH CONFIGURATION app.by_mappings ALTER MAPPING FOR asciiword, word WITH app.added, pg_catalog.english_stem;

CREATE TEXT SEARCH CONFIGURATION app.by_parser (PARSER = app.letters);
ALTER TEXT SEARCH CONFIGURATION app.by_parser ADD MAPPING FOR word WITH app.added;
