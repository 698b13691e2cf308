-- What became of an order's stock. A row in status RELEASED without lines is the tombstone of a release that came first.
CREATE TABLE reservations (
    order_id    BINARY(16)                                        NOT NULL PRIMARY KEY,
    status      VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    missing_sku VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
    created_at  DATETIME(6)                                       NOT NULL,
    updated_at  DATETIME(6)                                       NOT NULL,
    CONSTRAINT reservations_status CHECK (status IN ('RESERVED', 'REJECTED', 'COMMITTED', 'RELEASED'))
) ENGINE = InnoDB;

CREATE TABLE reservation_lines (
    order_id BINARY(16)                                        NOT NULL,
    sku      VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    quantity INT                                               NOT NULL,
    PRIMARY KEY (order_id, sku),
    CONSTRAINT reservation_lines_quantity CHECK (quantity > 0)
) ENGINE = InnoDB;
