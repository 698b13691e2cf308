# Run by the image, once, when it makes its data: a schema and a user of its own for each service.
# shellcheck shell=bash
schema() {
  docker_process_sql <<SQL
CREATE DATABASE \`$1\` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE USER '$1'@'%' IDENTIFIED BY '$2';
GRANT ALL ON \`$1\`.* TO '$1'@'%';
SQL
}

schema orders "$ORDERS_PASSWORD"
schema inventory "$INVENTORY_PASSWORD"
schema payments "$PAYMENTS_PASSWORD"
schema bank "$BANK_PASSWORD"
