package dev.breakwater.inventory;

import dev.breakwater.platform.testing.WithServers;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;

/** The whole service against real servers; all tests share one, and keep apart by their SKUs. */
@WithServers
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "breakwater.inventory.stock.low=5",
            "breakwater.inventory.product-writes.heard-within=5s",
            "breakwater.inventory.ledger-check.pause=100ms",
            "breakwater.inventory.ledger-check.chunk=2000"
        })
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface InventorySlice {}
