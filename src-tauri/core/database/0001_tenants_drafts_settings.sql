CREATE TABLE tenant (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    stage TEXT NOT NULL,
    color TEXT,
    listed_under TEXT,
    runtime_url_override TEXT
) STRICT;

-- The id also names the secret in the keyring, so a renamed key keeps its secret.
CREATE TABLE service_key (
    id TEXT PRIMARY KEY,
    tenant TEXT NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    name TEXT NOT NULL COLLATE NOCASE,
    kind TEXT NOT NULL,
    plan TEXT NOT NULL,
    client_id TEXT NOT NULL,
    host_url TEXT,
    token_url TEXT NOT NULL,
    token_url_override TEXT,
    stated_token_url TEXT,
    method TEXT NOT NULL,
    custody TEXT NOT NULL,
    certificates TEXT NOT NULL DEFAULT '[]',
    added_at TEXT NOT NULL,
    UNIQUE (tenant, name)
) STRICT;

CREATE TABLE draft (
    id TEXT PRIMARY KEY,
    position REAL NOT NULL,
    content TEXT NOT NULL
) STRICT;

CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
