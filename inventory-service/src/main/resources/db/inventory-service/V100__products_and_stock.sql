CREATE TABLE products (
    sku          VARCHAR(40)   CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL PRIMARY KEY,
    name         VARCHAR(200)  CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    description  VARCHAR(4000) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    category     VARCHAR(60)   CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
    price_minor  BIGINT                                                  NOT NULL,
    currency     CHAR(3)       CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    availability VARCHAR(12)   CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    version      BIGINT                                                  NOT NULL,
    updated_at   DATETIME(6)                                             NOT NULL,
    -- The pages of a category, in order of SKU.
    KEY by_category (category, sku),
    CONSTRAINT products_price CHECK (price_minor >= 0),
    CONSTRAINT products_version CHECK (version > 0)
) ENGINE = InnoDB;

-- The balance of a product. ledger_seq is the number of its newest ledger row; availability is the class last announced.
CREATE TABLE stock (
    sku          VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    on_hand      BIGINT                                            NOT NULL,
    reserved     BIGINT                                            NOT NULL,
    set_aside    BIGINT                                            NOT NULL,
    sold         BIGINT                                            NOT NULL,
    ledger_seq   BIGINT                                            NOT NULL,
    availability VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    CONSTRAINT stock_not_negative CHECK (on_hand >= 0 AND reserved >= 0 AND set_aside >= 0 AND sold >= 0),
    CONSTRAINT stock_not_oversold CHECK (reserved + set_aside <= on_hand)
) ENGINE = InnoDB;

-- Every movement, numbered without a gap within its SKU; the sums of the changes are the balance.
CREATE TABLE stock_ledger (
    sku             VARCHAR(40)  CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    seq             BIGINT                                                 NOT NULL,
    kind            VARCHAR(12)  CHARACTER SET ascii   COLLATE ascii_bin   NOT NULL,
    order_id        BINARY(16)                                             NULL,
    reason          VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL,
    on_hand_change  BIGINT                                                 NOT NULL,
    reserved_change BIGINT                                                 NOT NULL,
    set_aside_change BIGINT                                                NOT NULL,
    sold_change     BIGINT                                                 NOT NULL,
    on_hand         BIGINT                                                 NOT NULL,
    reserved        BIGINT                                                 NOT NULL,
    set_aside       BIGINT                                                 NOT NULL,
    sold            BIGINT                                                 NOT NULL,
    at              DATETIME(6)                                            NOT NULL,
    PRIMARY KEY (sku, seq)
) ENGINE = InnoDB;

-- Up to where the ledger of a SKU was summed up, and to what: the comparison with the balance goes on from there.
CREATE TABLE stock_checkpoints (
    sku       VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    seq       BIGINT                                            NOT NULL,
    on_hand   BIGINT                                            NOT NULL,
    reserved  BIGINT                                            NOT NULL,
    set_aside BIGINT                                            NOT NULL,
    sold      BIGINT                                            NOT NULL
) ENGINE = InnoDB;
