-- Bytes of the record, which holds the body of the request. Small records count as nothing when the size is limited.
ALTER TABLE exchange ADD COLUMN record_size INTEGER NOT NULL DEFAULT 0;
UPDATE exchange SET record_size =
    coalesce((SELECT octet_length(record) FROM exchange_record WHERE exchange_record.number = exchange.number), 0);

DROP INDEX exchange_bodies;
CREATE INDEX exchange_bodies ON exchange (number, pinned, kept_size, record_size) WHERE kept_size > 0 OR record_size > 65536;
