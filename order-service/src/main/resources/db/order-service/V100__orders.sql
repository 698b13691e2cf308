CREATE TABLE orders (
    id            BINARY(16)                                               NOT NULL PRIMARY KEY,
    customer      VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin   NOT NULL,
    status        VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin       NOT NULL,
    state         VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin       NOT NULL,
    reason        VARCHAR(32)  CHARACTER SET ascii COLLATE ascii_bin       NULL,
    total_minor   BIGINT                                                   NOT NULL,
    currency      CHAR(3)      CHARACTER SET ascii COLLATE ascii_bin       NOT NULL,
    payment_type  VARCHAR(16)  CHARACTER SET ascii COLLATE ascii_bin       NOT NULL,
    payment_token VARCHAR(64)  CHARACTER SET ascii COLLATE ascii_bin       NOT NULL,
    created_at    DATETIME(6)                                              NOT NULL,
    confirmed_at  DATETIME(6)                                              NULL,
    due_at        DATETIME(6)                                              NULL,
    KEY by_customer (customer, id),
    KEY by_due (due_at),
    CONSTRAINT total_not_negative CHECK (total_minor >= 0)
) ENGINE = InnoDB;

CREATE TABLE order_items (
    order_id         BINARY(16)                                        NOT NULL,
    line             TINYINT                                           NOT NULL,
    sku              VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    quantity         SMALLINT                                          NOT NULL,
    unit_price_minor BIGINT                                            NOT NULL,
    PRIMARY KEY (order_id, line),
    CONSTRAINT quantity_positive CHECK (quantity > 0)
) ENGINE = InnoDB;

-- An order is in a status at most once.
CREATE TABLE order_timeline (
    order_id BINARY(16)                                        NOT NULL,
    status   VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    at       DATETIME(6)                                       NOT NULL,
    PRIMARY KEY (order_id, status)
) ENGINE = InnoDB;

CREATE TABLE prices (
    sku         VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    price_minor BIGINT                                            NOT NULL,
    currency    CHAR(3) CHARACTER SET ascii COLLATE ascii_bin     NOT NULL,
    version     BIGINT                                            NOT NULL
) ENGINE = InnoDB;
