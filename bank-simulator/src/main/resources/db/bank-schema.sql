-- One row a key and channel: the key is what makes a charge happen once.
CREATE TABLE IF NOT EXISTS charges (
    channel        VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    charge_key     VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    reference      VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    amount_minor   BIGINT       NOT NULL,
    currency       CHAR(3)      CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    status         VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    refunded_minor BIGINT       NOT NULL DEFAULT 0,
    bank_reference VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    created_at     DATETIME(6)  NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    PRIMARY KEY (channel, charge_key),
    CONSTRAINT charge_refunded CHECK (refunded_minor BETWEEN 0 AND amount_minor)
) ENGINE = InnoDB;

CREATE TABLE IF NOT EXISTS refunds (
    channel        VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    refund_key     VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    charge_key     VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    amount_minor   BIGINT       NOT NULL,
    bank_reference VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    created_at     DATETIME(6)  NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    PRIMARY KEY (channel, refund_key),
    CONSTRAINT refund_amount CHECK (amount_minor > 0)
) ENGINE = InnoDB;

-- How often a reference was charged, over all channels: more than once is a duplicate.
CREATE TABLE IF NOT EXISTS charged_references (
    reference VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    charges   INT         NOT NULL
) ENGINE = InnoDB;

-- How often tok_flaky was tried for a reference, over all channels.
CREATE TABLE IF NOT EXISTS flaky_calls (
    reference VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    calls     INT         NOT NULL
) ENGINE = InnoDB;

-- The ledger's figures in several rows, so that charges do not queue at one.
CREATE TABLE IF NOT EXISTS figures (
    shard             TINYINT NOT NULL PRIMARY KEY,
    charged_minor     BIGINT  NOT NULL DEFAULT 0,
    refunded_minor    BIGINT  NOT NULL DEFAULT 0,
    duplicate_charges BIGINT  NOT NULL DEFAULT 0
) ENGINE = InnoDB;

INSERT IGNORE INTO figures (shard)
VALUES (0), (1), (2), (3), (4), (5), (6), (7);
