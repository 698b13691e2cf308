package dev.breakwater.platform.testing;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import dev.breakwater.platform.servers.CannotStartException;
import dev.breakwater.platform.servers.Readiness;
import dev.breakwater.platform.servers.Server;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;

/** A server in a container, at a port that stays the same when it is started again. */
final class Container implements Server {

    private static final long POLL_MILLIS = 50;

    private final String name;
    private final int port;
    private final Readiness readiness;
    private final GenericContainer<?> container;
    private final DockerClient docker = DockerClientFactory.instance().client();

    /**
     * @param inside the port on which it listens inside of the container
     * @param container with all but its ports
     */
    Container(String name, int port, int inside, Readiness readiness, GenericContainer<?> container) {
        this.name = name;
        this.port = port;
        this.readiness = readiness;
        var binding = new PortBinding(Ports.Binding.bindIpAndPort("127.0.0.1", port), ExposedPort.tcp(inside));
        Engine.removeLeftovers();
        this.container = container
                .withLabels(Engine.ownersLabel())
                .withExposedPorts(inside)
                .withCreateContainerCmdModifier(
                        create -> Objects.requireNonNull(create.getHostConfig()).withPortBindings(binding))
                // Its readiness is asked for from here, as that of a process is.
                .waitingFor(new Ignoring());
        Runtime.getRuntime().addShutdownHook(new Thread(this.container::stop));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public boolean isRunning() {
        return container.getContainerId() != null && Boolean.TRUE.equals(state().getRunning());
    }

    @Override
    public boolean isReady() {
        try {
            return isRunning() && readiness.isReady(port);
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public synchronized Container start() {
        if (container.getContainerId() == null) {
            container.start();
        } else {
            docker.startContainerCmd(container.getContainerId()).exec();
        }
        return this;
    }

    @Override
    public Container awaitReady(Duration atMost) {
        var deadline = System.nanoTime() + atMost.toNanos();
        while (!isReady()) {
            if (System.nanoTime() > deadline || !isRunning()) {
                throw new CannotStartException("%s in a container was not ready after %d s; its last lines:%n%s"
                        .formatted(name, atMost.toSeconds(), container.getLogs()));
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
        }
        return this;
    }

    @Override
    public void stop() {
        if (isRunning()) {
            docker.stopContainerCmd(container.getContainerId()).exec();
        }
    }

    @Override
    public void kill() {
        if (isRunning()) {
            docker.killContainerCmd(container.getContainerId()).exec();
            while (isRunning()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
            }
        }
    }

    @Override
    public void pause() {
        docker.pauseContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void resume() {
        if (Boolean.TRUE.equals(state().getPaused())) {
            docker.unpauseContainerCmd(container.getContainerId()).exec();
        }
    }

    private InspectContainerResponse.ContainerState state() {
        return docker.inspectContainerCmd(container.getContainerId()).exec().getState();
    }

    /** Does not wait. */
    private static final class Ignoring extends AbstractWaitStrategy {

        @Override
        protected void waitUntilReady() {
            // Whoever starts it waits.
        }
    }
}
