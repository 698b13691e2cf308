-- A sale at a price of its own. remaining is what of its quantity is still set aside; returned went back to the product when it closed.
CREATE TABLE flash_sales (
    id                 BINARY(16)                                        NOT NULL PRIMARY KEY,
    sku                VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    price_minor        BIGINT                                            NOT NULL,
    currency           CHAR(3)     CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    quantity           BIGINT                                            NOT NULL,
    per_customer_limit BIGINT                                            NOT NULL,
    starts_at          DATETIME(6)                                       NOT NULL,
    ends_at            DATETIME(6)                                       NOT NULL,
    remaining          BIGINT                                            NOT NULL,
    returned           BIGINT                                            NOT NULL,
    closed             BOOLEAN                                           NOT NULL,
    -- Those whose end has come.
    KEY by_end (closed, ends_at),
    CONSTRAINT flash_sales_price CHECK (price_minor >= 0),
    CONSTRAINT flash_sales_limit CHECK (per_customer_limit > 0),
    CONSTRAINT flash_sales_not_oversold CHECK (remaining >= 0 AND returned >= 0 AND remaining + returned <= quantity),
    CONSTRAINT flash_sales_closed CHECK (NOT closed OR remaining = 0)
) ENGINE = InnoDB;

-- Which sale a movement is about.
ALTER TABLE stock_ledger
    ADD COLUMN sale_id BINARY(16) NULL;
