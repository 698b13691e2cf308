-- A flash-sale order's id is made from its customer, sale and key, so the list goes by time.
ALTER TABLE orders
    DROP KEY by_customer,
    ADD KEY by_customer_and_time (customer, created_at, id);

-- The sales that inventory announced. What Redis holds of a sale counts only if it bears the sale's epoch.
CREATE TABLE flash_sales (
    id                 BINARY(16)                                        NOT NULL PRIMARY KEY,
    sku                VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    price_minor        BIGINT                                            NOT NULL,
    currency           CHAR(3)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    quantity           BIGINT                                            NOT NULL,
    per_customer_limit BIGINT                                            NOT NULL,
    starts_at          DATETIME(6)                                       NOT NULL,
    ends_at            DATETIME(6)                                       NOT NULL,
    epoch              BIGINT                                            NOT NULL,
    build_until        DATETIME(6)                                       NULL,
    closed             BOOLEAN                                           NOT NULL,
    KEY by_end (closed, ends_at)
) ENGINE = InnoDB;

-- An order's place in its sale: TAKEN, FREED when the order has ended without a purchase, BACK when the door knows that.
CREATE TABLE flash_sale_orders (
    order_id      BINARY(16)                                       NOT NULL PRIMARY KEY,
    sale_id       BINARY(16)                                       NOT NULL,
    customer_hash BINARY(16)                                       NOT NULL,
    fingerprint   BINARY(16)                                       NOT NULL,
    quantity      INT                                              NOT NULL,
    place         VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    KEY by_customer (sale_id, customer_hash),
    KEY by_place (sale_id, place)
) ENGINE = InnoDB;
