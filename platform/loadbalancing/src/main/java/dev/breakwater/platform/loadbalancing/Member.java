package dev.breakwater.platform.loadbalancing;

import dev.breakwater.platform.loadbalancing.nodes.Node;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.client.ServiceInstance;

/**
 * An instance of a service as discovery tells it, and what is known of it.
 *
 * @param version of its metadata; {@code none} without
 * @param meters of all instances of that version
 */
record Member(ServiceInstance instance, Node node, String version, VersionMeters meters) {

    private static final String WEIGHT = "weight";
    private static final String VERSION = "version";
    private static final String NO_VERSION = "none";
    private static final int MOST_WEIGHT = 100_000;

    /** An instance by what does not change while it lives. Ids are not unique in every registry, and may be missing. */
    record Key(@Nullable String id, String host, int port) {

        static Key of(ServiceInstance instance) {
            return new Key(instance.getInstanceId(), instance.getHost(), instance.getPort());
        }

        /** The same in every process, and different for any two instances. */
        String text() {
            return id == null ? host + ":" + port : id + "@" + host + ":" + port;
        }
    }

    void picked() {
        node.picked();
        meters.picks().increment();
    }

    /** Whether another look at the registry says the same, which it does nearly always. */
    boolean isAsIn(ServiceInstance told) {
        return instance == told
                || (instance.getPort() == told.getPort()
                        && instance.getHost().equals(told.getHost())
                        && instance.isSecure() == told.isSecure()
                        && Objects.equals(instance.getInstanceId(), told.getInstanceId())
                        && Objects.equals(instance.getMetadata(), told.getMetadata()));
    }

    static int weightOf(ServiceInstance instance) {
        var text = metadata(instance, WEIGHT);
        if (text == null || !text.matches("\\d{1,9}")) {
            return 1;
        }
        return Math.min(MOST_WEIGHT, Integer.parseInt(text));
    }

    static String versionOf(ServiceInstance instance) {
        var text = metadata(instance, VERSION);
        return text == null ? NO_VERSION : text;
    }

    private static @Nullable String metadata(ServiceInstance instance, String name) {
        var metadata = instance.getMetadata();
        return metadata == null ? null : metadata.get(name);
    }
}
