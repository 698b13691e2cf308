-- Stands for a migration of a large table; its connection is to have no limit of 3 s, nor of the socket's time-out.
CREATE TABLE migrated SELECT SLEEP(4) AS slept;
