-- Where a tenant's credentials may go beside its own hosts: scheme, host and port the user allowed.
CREATE TABLE allowed_host (
    tenant TEXT NOT NULL REFERENCES tenant (id) ON DELETE CASCADE,
    origin TEXT NOT NULL,
    PRIMARY KEY (tenant, origin)
) STRICT;
