CREATE TABLE idempotency_keys (
    owner           VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    scope           VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin     NOT NULL,
    idempotency_key VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin     NOT NULL,
    fingerprint     BINARY(32)                                             NOT NULL,
    result          VARBINARY(4000)                                        NOT NULL,
    created_at      DATETIME(6)                                            NOT NULL,
    PRIMARY KEY (owner, scope, idempotency_key),
    KEY by_age (created_at)
) ENGINE = InnoDB;

CREATE TABLE figures (
    slot   TINYINT                                            NOT NULL,
    name   VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin  NOT NULL,
    amount BIGINT                                             NOT NULL,
    PRIMARY KEY (slot, name)
) ENGINE = InnoDB;
