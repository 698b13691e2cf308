package dev.breakwater.demo.app;

import dev.breakwater.demo.suite.Service;
import java.nio.file.Path;
import java.util.List;

/**
 * How a service's JVM is started in the demo: small, for eleven processes share a laptop. The training run and the real
 * one are given the same, since a cache is good for the settings it was made with.
 */
final class JavaCommand {

    private JavaCommand() {}

    static List<String> of(Service service, Path temporary) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx%dm".formatted(service.heapMegabytes()),
                "-Xms24m",
                "-XX:+UseSerialGC",
                // Gives memory back after a peak instead of keeping it for the next.
                "-XX:MinHeapFreeRatio=10",
                "-XX:MaxHeapFreeRatio=30",
                // A start takes half the processor time without the second compiler (order-service up to its refreshed
                // context: 3.9 s instead of 7.2 s), and that is what eleven of them on two cores wait for.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseCompactObjectHeaders",
                "-Xss512k",
                "-XX:ReservedCodeCacheSize=64m",
                "-XX:MaxMetaspaceSize=160m",
                "-XX:MaxDirectMemorySize=64m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.io.tmpdir=" + temporary);
    }
}
