package dev.breakwater.inventory.products;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.inventory.Calls;
import dev.breakwater.inventory.InventorySlice;
import dev.breakwater.platform.overload.Door;
import dev.breakwater.platform.overload.Priority;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What order-service asks for a placement. */
@InventorySlice
class PricesTest {

    private final Calls calls;
    private final Door door;

    @Autowired
    PricesTest(@LocalServerPort int port, Door door) {
        this.calls = new Calls(port);
        this.door = door;
    }

    @Test
    void a_price_is_told_to_who_has_no_token() {
        var sku = calls.product("tea", 50);

        for (var read = 0; read < 3; read++) {
            var told = calls.get("/prices/" + sku);

            assertThat(told.status()).isEqualTo(200);
            assertThat(told.json().path("sku").asString()).isEqualTo(sku);
            assertThat(told.json().path("priceMinor").asLong()).isEqualTo(12_900);
            assertThat(told.json().path("currency").asString()).isEqualTo("CNY");
            assertThat(told.json().path("version").asLong()).isPositive();
        }
        assertThat(calls.get("/prices/T-" + UUID.randomUUID()).status()).isEqualTo(404);
        assertThat(calls.put("/prices/" + sku, Calls.draft("tea", 1), null).status())
                .isEqualTo(401);
    }

    @Test
    void a_price_comes_in_with_placements_and_a_page_with_browsing() {
        var placing = door.admitted(Priority.PLACING);
        var browsing = door.admitted(Priority.BROWSING);

        // What memory answers needs no room; a query is not answered from there.
        calls.get("/prices/T-1?at=door");
        assertThat(door.admitted(Priority.PLACING)).isEqualTo(placing + 1);
        assertThat(door.admitted(Priority.BROWSING)).isEqualTo(browsing);

        calls.get("/api/v1/products/T-1?at=door");
        assertThat(door.admitted(Priority.PLACING)).isEqualTo(placing + 1);
        assertThat(door.admitted(Priority.BROWSING)).isEqualTo(browsing + 1);
    }
}
