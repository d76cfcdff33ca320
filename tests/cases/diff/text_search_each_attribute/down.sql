DROP TEXT SEARCH CONFIGURATION app.by_parser;

DROP TEXT SEARCH DICTIONARY app.by_template;

DROP TEXT SEARCH TEMPLATE app.by_init;

DROP TEXT SEARCH TEMPLATE app.by_lexize;

DROP TEXT SEARCH PARSER app.by_headline;
CREATE TEXT SEARCH PARSER app.by_headline (START = pg_catalog.prsd_start, GETTOKEN = pg_catalog.prsd_nexttoken, END = pg_catalog.prsd_end, LEXTYPES = pg_catalog.prsd_lextype);

CREATE TEXT SEARCH TEMPLATE app.by_init (LEXIZE = pg_catalog.dsimple_lexize);

CREATE TEXT SEARCH TEMPLATE app.by_lexize (LEXIZE = pg_catalog.dsimple_lexize);

ALTER TEXT SEARCH DICTIONARY app.by_options (stopwords = 'english', accept = 'false');

CREATE TEXT SEARCH DICTIONARY app.by_template (TEMPLATE = app.words);

CREATE TEXT SEARCH DICTIONARY app.gone (TEMPLATE = pg_catalog.simple);

ALTER TEXT SEARCH CONFIGURATION app.by_mappings ALTER MAPPING FOR asciiword, word WITH pg_catalog.english_stem;
ALTER TEXT SEARCH CONFIGURATION app.by_mappings ADD MAPPING FOR email, url WITH pg_catalog.simple;

DROP TEXT SEARCH DICTIONARY app.added;

CREATE TEXT SEARCH CONFIGURATION app.by_parser (PARSER = pg_catalog."default");
ALTER TEXT SEARCH CONFIGURATION app.by_parser ADD MAPPING FOR word WITH app.gone, pg_catalog.simple;
