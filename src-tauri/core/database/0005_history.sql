-- The number is when the exchange began, in microseconds since 1970, and one more while that is taken: so the order of the
-- rows is that of time, in the full text too.
CREATE TABLE exchange (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    door TEXT NOT NULL,
    tenant TEXT COLLATE NOCASE,
    stage TEXT,
    title TEXT,
    method TEXT NOT NULL,
    url TEXT NOT NULL,
    -- With the port, as it stands in the URL.
    host TEXT NOT NULL,
    status INTEGER,
    took_ms REAL NOT NULL,
    body_size INTEGER NOT NULL,
    -- Bytes of the body as it is kept: in the record up to 65536, else in a file; nothing once it was given up.
    kept_size INTEGER,
    pinned INTEGER NOT NULL DEFAULT 0,
    note TEXT,
    indexed INTEGER NOT NULL DEFAULT 0
) STRICT;

-- What is counted, narrow enough to be read as a whole.
CREATE INDEX exchange_facts ON exchange (tenant, stage, status, door, method, pinned, host);
CREATE INDEX exchange_not_indexed ON exchange (number) WHERE indexed = 0;
CREATE INDEX exchange_bodies ON exchange (number, kept_size) WHERE kept_size > 0;

-- Apart from the list, which stays fast to read.
CREATE TABLE exchange_record (
    number INTEGER PRIMARY KEY REFERENCES exchange (number) ON DELETE CASCADE,
    record TEXT NOT NULL,
    context TEXT,
    body BLOB
) STRICT;

-- Holds the words only, not the text. Words of three letters are the shortest beginning that is looked up.
CREATE VIRTUAL TABLE exchange_text USING fts5 (
    url, headers, request, answer, note, parts,
    content = '', contentless_delete = 1, prefix = '3', tokenize = 'unicode61'
);
