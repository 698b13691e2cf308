package dev.breakwater.demo.launch;

import java.util.List;

/** The first words to somebody whose suite has just started. */
final class ReadyMessage {

    private ReadyMessage() {}

    static List<String> lines(String url, String seconds, String portOption) {
        return """
                Breakwater is ready: %1$s (after %2$s)

                Three things to try:
                  curl %1$s/api/v1/products/SKU-000001
                  curl -X POST %1$s/demo/token -H 'Content-Type: application/json' -d '{"customer":"alice","roles":["customer"]}'
                  ./breakwater load --orders 1000 --concurrency 50%3$s && ./breakwater check%3$s
                """.formatted(url, seconds, portOption).lines().toList();
    }
}
