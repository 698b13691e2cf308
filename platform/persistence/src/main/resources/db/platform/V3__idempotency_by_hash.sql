-- The name of a key (owner, scope, key) is up to 900 bytes long and stood in both indexes. Its hash is 16: the first
-- half of the SHA-256 over the three, with a line feed between: neither scope nor key contains one, so no two names
-- have the same text.
ALTER TABLE idempotency_keys
    ADD COLUMN name_hash BINARY(16) NULL FIRST;

UPDATE idempotency_keys
   SET name_hash = UNHEX(LEFT(SHA2(CONCAT(owner, '\n', scope, '\n', idempotency_key), 256), 32));

ALTER TABLE idempotency_keys
    MODIFY name_hash BINARY(16) NOT NULL,
    DROP PRIMARY KEY,
    ADD PRIMARY KEY (name_hash);
