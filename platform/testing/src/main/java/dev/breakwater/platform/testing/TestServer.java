package dev.breakwater.platform.testing;

import dev.breakwater.platform.servers.Server;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.testcontainers.utility.DockerImageName;

/** A server of this JVM, in a container or as a process: which, is decided when it is first asked for. */
final class TestServer implements Supplier<Server> {

    private final DockerImageName image;
    private final Supplier<Server> container;
    private final OwnServer process;
    private @Nullable Boolean contained;
    private Server chosen;

    /** @param container makes one, which was not started yet */
    @SuppressWarnings("NullAway.Init") // chosen at the first use
    TestServer(DockerImageName image, Supplier<Server> container, OwnServer process) {
        this.image = image;
        this.container = container;
        this.process = process;
    }

    @Override
    public synchronized Server get() {
        if (chosen == null) {
            chosen = isContained() ? Servers.broughtBack(container.get()) : process.get();
        }
        return chosen;
    }

    /** Asked once: an image that cannot be had is not tried again. */
    synchronized boolean isContained() {
        var known = contained;
        if (known == null) {
            known = Engine.runs(image);
            contained = known;
        }
        return known;
    }
}
