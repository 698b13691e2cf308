-- Run once, when the volume is empty. A user a service, for its own schema alone: what it runs, and what its migrations need.
-- The password is that of the profile "demo"; services refuse it outside of it.

CREATE DATABASE orders;
CREATE USER orders IDENTIFIED BY 'breakwater-demo';
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES ON orders.* TO orders;

CREATE DATABASE inventory;
CREATE USER inventory IDENTIFIED BY 'breakwater-demo';
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES ON inventory.* TO inventory;

CREATE DATABASE payments;
CREATE USER payments IDENTIFIED BY 'breakwater-demo';
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES ON payments.* TO payments;

CREATE DATABASE bank;
CREATE USER bank IDENTIFIED BY 'breakwater-demo';
GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES ON bank.* TO bank;

-- Asks whether the server listens, and may nothing.
CREATE USER health@'127.0.0.1';
