package dev.breakwater.benchmarks.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.breakwater.platform.overload.AdaptiveLimit;
import dev.breakwater.platform.overload.AdaptiveLimitSettings;
import dev.breakwater.platform.overload.Door;
import dev.breakwater.platform.overload.Priority;
import dev.breakwater.platform.overload.Shares;
import dev.breakwater.platform.web.door.DoorFilter;
import dev.breakwater.platform.web.door.DoorProperties;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;

/**
 * A service of which each call needs a dependency that takes 25 at a time, for 50 ms each: 500 a second, whatever the
 * machine can do. Who finds none free waits in line for up to 3 s, as for a connection of a pool. An embedded Tomcat, a
 * virtual thread for each call, before it the door that the services have, or none.
 */
final class BoundedService {

    static final int AT_A_TIME = 25;
    static final Duration EACH = Duration.ofMillis(50);
    static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

    static final String PLACING = "/api/v1/orders";
    static final String BROWSING = "/api/v1/products";

    /** Wide: what the dependency bears is for the limit to find out. */
    private static final AdaptiveLimitSettings LIMIT =
            new AdaptiveLimitSettings(8, 200, 32, 6_000, LONGEST_WAIT.plusSeconds(1));

    private static final DoorProperties DOOR = new DoorProperties(
            LIMIT,
            new Shares(0.75, 0.55, 0.4),
            List.of(
                    new DoorProperties.Call(Priority.PLACING, "POST", PLACING, true),
                    new DoorProperties.Call(Priority.BROWSING, "GET", BROWSING, true)),
            List.of("/internal/**"));

    private BoundedService() {}

    /** @param arguments the port, and whether there is a door; Tomcat's own files lie where it is started */
    public static void main(String[] arguments) throws LifecycleException {
        start(
                        Integer.parseInt(arguments[0]),
                        Boolean.parseBoolean(arguments[1]),
                        Path.of("").toAbsolutePath())
                .getServer()
                .await();
    }

    /** @param port 0 for any */
    static Tomcat start(int port, boolean door, Path folder) throws LifecycleException {
        var tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(port);
        tomcat.getConnector().getProtocolHandler().setExecutor(new VirtualThreadExecutor("tomcat-handler-"));
        // As platform/web.yaml has them.
        tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
        tomcat.getConnector().setProperty("acceptCount", "1000");
        var context = tomcat.addContext("", folder.toString());
        if (door) {
            var filter = new FilterDef();
            filter.setFilterName("door");
            filter.setFilter(new DoorFilter(new Door(new AdaptiveLimit(LIMIT), DOOR.shares()), DOOR));
            context.addFilterDef(filter);
            var everything = new FilterMap();
            everything.setFilterName("door");
            everything.addURLPattern("/*");
            context.addFilterMap(everything);
        }
        Tomcat.addServlet(context, "work", new Work());
        context.addServletMappingDecoded("/*", "work");
        tomcat.start();
        return tomcat;
    }

    private static final class Work extends HttpServlet {

        private static final long serialVersionUID = 1;
        private static final byte[] DONE = "{\"done\":true}".getBytes(UTF_8);

        private final transient Semaphore dependency = new Semaphore(AT_A_TIME, true);

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            if (!isDone()) {
                response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
                return;
            }
            response.setContentType("application/json");
            response.setContentLength(DONE.length);
            response.getOutputStream().write(DONE);
        }

        private boolean isDone() {
            try {
                if (!dependency.tryAcquire(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
                    return false;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            try {
                var end = System.nanoTime() + EACH.toNanos();
                for (var left = EACH.toNanos(); left > 0; left = end - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                return true;
            } finally {
                dependency.release();
            }
        }
    }
}
