package dev.breakwater.inventory.products;

import dev.breakwater.inventory.stock.Availability;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A product as the API shows it.
 *
 * @param version goes up with every write and every change of {@code availability}; it names the representation
 */
record Product(
        String sku,
        String name,
        String description,
        String category,
        long priceMinor,
        String currency,
        Availability availability,
        long version) {

    static final String COLUMNS = "sku, name, description, category, price_minor, currency, availability, version";

    static Product of(ResultSet row) throws SQLException {
        return new Product(
                row.getString("sku"),
                row.getString("name"),
                row.getString("description"),
                row.getString("category"),
                row.getLong("price_minor"),
                row.getString("currency"),
                Availability.valueOf(row.getString("availability")),
                row.getLong("version"));
    }

    Product next(ProductDraft draft) {
        return new Product(
                sku,
                draft.name(),
                draft.description(),
                draft.category(),
                draft.priceMinor(),
                draft.currency(),
                availability,
                version + 1);
    }

    Product next(Availability changed) {
        return new Product(sku, name, description, category, priceMinor, currency, changed, version + 1);
    }

    /** The strong entity tag of this version. */
    String etag() {
        return "\"" + version + "\"";
    }
}
