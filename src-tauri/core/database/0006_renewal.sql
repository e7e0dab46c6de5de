-- Names the secret in the keyring; absent it is the id. A renewed key keeps its id and gets another secret.
ALTER TABLE service_key ADD COLUMN secret TEXT;

-- Secrets in the keyring that no key refers to yet, or not any more.
CREATE TABLE loose_secret (
    name TEXT PRIMARY KEY,
    since TEXT NOT NULL
) STRICT;
