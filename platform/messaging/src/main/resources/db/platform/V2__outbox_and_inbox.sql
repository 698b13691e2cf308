CREATE TABLE outbox (
    lane        TINYINT                                           NOT NULL,
    id          BIGINT                                            NOT NULL AUTO_INCREMENT,
    event_id    BINARY(16)                                        NOT NULL,
    topic       VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    record_key  VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    type        VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    version     SMALLINT                                          NOT NULL,
    traceparent VARCHAR(55) CHARACTER SET ascii COLLATE ascii_bin NULL,
    payload     MEDIUMBLOB                                        NOT NULL,
    created_at  DATETIME(6)                                       NOT NULL,
    PRIMARY KEY (lane, id),
    UNIQUE KEY by_id (id)
) ENGINE = InnoDB;

CREATE TABLE outbox_lanes (
    lane       TINYINT                                           NOT NULL PRIMARY KEY,
    owner      VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
    expires_at DATETIME(6)                                       NULL
) ENGINE = InnoDB;

INSERT INTO outbox_lanes (lane)
VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11), (12), (13), (14), (15);

CREATE TABLE outbox_relays (
    owner      VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    expires_at DATETIME(6)                                       NOT NULL
) ENGINE = InnoDB;

CREATE TABLE inbox (
    event_id    BINARY(16)  NOT NULL PRIMARY KEY,
    received_at DATETIME(6) NOT NULL,
    KEY by_age (received_at)
) ENGINE = InnoDB;
