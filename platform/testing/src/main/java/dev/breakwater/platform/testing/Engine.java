package dev.breakwater.platform.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.breakwater.platform.servers.ProcessMark;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.utility.DockerImageName;

/**
 * Whether the servers of the tests run in containers: where a Docker engine answers on this machine, unless
 * {@code BREAKWATER_SERVERS} says {@code docker} (then they must) or {@code embedded}.
 */
final class Engine {

    private static final String CHOICE = System.getenv().getOrDefault("BREAKWATER_SERVERS", "");
    private static final Logger log = (Logger) LoggerFactory.getLogger(Engine.class);

    static {
        // In a test without Spring everything is logged, and these have much to tell.
        Stream.of("org.testcontainers", "tc", "com.github.dockerjava")
                .map(name -> (Logger) LoggerFactory.getLogger(name))
                .forEach(logger -> logger.setLevel(Level.WARN));
    }

    /** Of each container: the JVM whose it is. */
    static final String OWNER = "dev.breakwater.test.owner";

    private static final String UNIX = "unix://";
    private static final List<Path> USUAL_SOCKETS = List.of(
            Path.of("/var/run/docker.sock"),
            Path.of(System.getenv().getOrDefault("XDG_RUNTIME_DIR", "/run"), "docker.sock"),
            Path.of(System.getProperty("user.home", ""), ".docker", "run", "docker.sock"));
    private static final long LONGEST_PULL_MINUTES = 5;

    private static final String MACHINE = System.getenv().getOrDefault("HOSTNAME", "this machine") + " ";

    private Engine() {}

    static Map<String, String> ownersLabel() {
        return Map.of(OWNER, MACHINE + ProcessMark.of(ProcessHandle.current()));
    }

    /** What a killed test JVM of this machine left behind. */
    static void removeLeftovers() {
        DockerClientFactory.instance()
                .client()
                .listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(OWNER))
                .exec()
                .stream()
                .filter(container -> isLeftBehind(container.getLabels().getOrDefault(OWNER, "")))
                .forEach(container -> remove(container.getId()));
    }

    private static boolean isLeftBehind(String owner) {
        return owner.startsWith(MACHINE)
                && ProcessMark.parse(owner.substring(MACHINE.length())).find().isEmpty();
    }

    private static void remove(String container) {
        try {
            DockerClientFactory.instance()
                    .client()
                    .removeContainerCmd(container)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException | ConflictException e) {
            log.info("container removed by somebody else id={}", container);
        }
    }

    /** Whether there is an engine, and it has the image or can get it. */
    static boolean runs(DockerImageName image) {
        return switch (CHOICE.toLowerCase(Locale.ROOT)) {
            case "docker" -> true;
            case "embedded" -> false;
            case "" -> Answering.ENGINE && has(image);
            default ->
                throw new IllegalStateException("BREAKWATER_SERVERS is docker or embedded, and not " + CHOICE + ".");
        };
    }

    private static boolean has(DockerImageName image) {
        try {
            DockerClientFactory.instance()
                    .client()
                    .inspectImageCmd(image.asCanonicalNameString())
                    .exec();
            return true;
        } catch (NotFoundException e) {
            return canGet(image);
        }
    }

    /** Tried once: Testcontainers itself would try for two minutes, which a machine without a network has not. */
    private static boolean canGet(DockerImageName image) {
        try {
            return DockerClientFactory.instance()
                    .client()
                    .pullImageCmd(image.asCanonicalNameString())
                    .start()
                    .awaitCompletion(LONGEST_PULL_MINUTES, TimeUnit.MINUTES);
        } catch (RuntimeException e) {
            log.warn("image not to be had, embedded instead image={} cause={}", image, e.toString());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * Cheap, and silent where nobody does: an engine that ended may have left its socket behind, and Testcontainers
     * would try it for half a minute and say so at length.
     */
    static boolean listens(Path socket) {
        try (var connection = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return connection.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static final class Answering {

        private static final boolean ENGINE = isThere() && isOnThisMachine();

        private static boolean isThere() {
            var named = System.getenv("DOCKER_HOST");
            if (named == null) {
                return USUAL_SOCKETS.stream().anyMatch(Engine::listens);
            }
            // Of another kind, it is for Testcontainers to find out.
            return !named.startsWith(UNIX) || listens(Path.of(named.substring(UNIX.length())));
        }

        private static boolean isOnThisMachine() {
            var docker = DockerClientFactory.instance();
            return docker.isDockerAvailable() && docker.dockerHostIpAddress().equals("localhost");
        }
    }
}
