package dev.breakwater.inventory.products;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/**
 * Lets who changes a product wait until the instances hear of it. The event of the change has then come back to this
 * instance, from where the others read it at the same moment: who asks any of them next is not told that there is no
 * such product.
 */
@Component
class Echoes {

    private final Map<Echo, String> expected = new ConcurrentHashMap<>();

    /** Expects the event of a change of this product, from now on: to be called before the change. */
    Echo expect(String sku) {
        var echo = new Echo();
        expected.put(echo, sku);
        return echo;
    }

    /** The event of this version has come. */
    void heard(String sku, long version) {
        expected.forEach((echo, of) -> {
            if (of.equals(sku)) {
                echo.heard(version);
            }
        });
    }

    /** Of one change. */
    final class Echo implements AutoCloseable {

        private final Map<Long, CountDownLatch> versions = new ConcurrentHashMap<>();

        private void heard(long version) {
            of(version).countDown();
        }

        /**
         * Waits for the event of this version.
         *
         * @param longest how long
         * @return false when it has not come by then, or the waiting thread is interrupted
         */
        boolean await(long version, Duration longest) {
            try {
                return of(version).await(longest.toNanos(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        private CountDownLatch of(long version) {
            return versions.computeIfAbsent(version, _ -> new CountDownLatch(1));
        }

        @Override
        public void close() {
            expected.remove(this);
        }
    }
}
