-- The flash sale whose stock an order holds or has bought.
ALTER TABLE reservations
    ADD COLUMN sale_id BINARY(16) NULL;
