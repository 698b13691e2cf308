-- How far the demo's products were written; its one row is the lock under which instances write them.
CREATE TABLE demo_catalogue (
    id      TINYINT NOT NULL PRIMARY KEY,
    written INT     NOT NULL
) ENGINE = InnoDB;

INSERT INTO demo_catalogue (id, written)
VALUES (1, 0);
