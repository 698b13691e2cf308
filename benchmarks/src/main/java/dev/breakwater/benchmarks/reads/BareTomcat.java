package dev.breakwater.benchmarks.reads;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;

/**
 * A servlet that writes one answer, in an embedded Tomcat that does nothing else: a virtual thread for each call, as in
 * the services.
 */
final class BareTomcat {

    private BareTomcat() {}

    /** @param arguments the port, the folder of a {@link CapturedAnswer}, and one for Tomcat's own files */
    public static void main(String[] arguments) throws IOException, LifecycleException {
        start(Integer.parseInt(arguments[0]), CapturedAnswer.read(Path.of(arguments[1])), Path.of(arguments[2]))
                .getServer()
                .await();
    }

    /** @param port 0 for any */
    static Tomcat start(int port, CapturedAnswer answer, Path folder) throws LifecycleException {
        var tomcat = new Tomcat();
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(port);
        var protocol = tomcat.getConnector().getProtocolHandler();
        protocol.setExecutor(new VirtualThreadExecutor("tomcat-handler-"));
        tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
        var context = tomcat.addContext("", folder.toString());
        Tomcat.addServlet(context, "page", new Page(answer));
        context.addServletMappingDecoded("/*", "page");
        tomcat.start();
        return tomcat;
    }

    private static final class Page extends HttpServlet {

        private static final long serialVersionUID = 1;

        private final transient String[] names;
        private final transient String[] values;
        private final transient byte[] body;

        Page(CapturedAnswer answer) {
            names = answer.headers().keySet().toArray(String[]::new);
            values = answer.headers().values().toArray(String[]::new);
            body = answer.body();
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            for (var i = 0; i < names.length; i++) {
                response.setHeader(names[i], values[i]);
            }
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        }
    }
}
