-- One row an order: the primary key is what makes an order be paid once. A void that came before its capture is a row
-- without a demand, and stays: the late capture finds it.
CREATE TABLE payments (
    order_id      BINARY(16)                                              NOT NULL PRIMARY KEY,
    id            BINARY(16)                                              NOT NULL,
    customer      VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    amount_minor  BIGINT,
    currency      CHAR(3)      CHARACTER SET ascii COLLATE ascii_bin,
    token         VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin,
    state         VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin      NOT NULL,
    reason        VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin,
    refund_wanted BOOLEAN                                                 NOT NULL,
    channel       VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin,
    begun_at      DATETIME(6),
    pinned        BOOLEAN                                                 NOT NULL,
    failures      INT                                                     NOT NULL,
    -- When somebody has to do something; while a lease is held, when it ends. NULL: nothing is to be done.
    due_at        DATETIME(6),
    lease         BINARY(16),
    traceparent   VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin,
    created_at    DATETIME(6)                                             NOT NULL,
    updated_at    DATETIME(6)                                             NOT NULL,
    UNIQUE KEY by_id (id),
    KEY by_due (due_at),
    CONSTRAINT payment_amount CHECK (amount_minor >= 0)
) ENGINE = InnoDB;

-- The calls that may move money, each written before it is made: one row a channel, however often it was called, for a
-- bank that is down for a day is called many times.
CREATE TABLE attempts (
    order_id   BINARY(16)                                        NOT NULL,
    kind       VARCHAR(8)  CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    channel    VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    bank_key   VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    calls      INT                                               NOT NULL,
    started_at DATETIME(6)                                       NOT NULL,
    outcome    VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin,
    settled_at DATETIME(6),
    PRIMARY KEY (order_id, kind, channel)
) ENGINE = InnoDB;
