-- One without a position is known, for its secrets, but not open. The folder is absolute and resolved, so that a folder is open at most once.
CREATE TABLE collection (
    id TEXT PRIMARY KEY,
    folder TEXT NOT NULL UNIQUE,
    environment TEXT,
    position REAL
) STRICT;
