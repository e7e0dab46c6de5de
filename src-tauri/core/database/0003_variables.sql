CREATE TABLE global_variable (
    position INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    enabled INTEGER NOT NULL,
    secret INTEGER NOT NULL,
    description TEXT
) STRICT;

-- Which secret variables have a value in the vault. The id names the value there, so a rename moves no secret.
CREATE TABLE secret_variable (
    id TEXT PRIMARY KEY,
    collection TEXT NOT NULL,
    environment TEXT NOT NULL,
    name TEXT NOT NULL,
    held_for_run INTEGER NOT NULL,
    UNIQUE (collection, environment, name)
) STRICT;
