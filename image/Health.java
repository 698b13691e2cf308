import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Whether the service of this container is ready: ends with 0 if its actuator says so, with 1 otherwise. Without any
 * HTTP client, which would be most of what this costs.
 */
public final class Health {

    private static final int PATIENCE_MILLIS = 2_000;
    private static final int STATUS_LINE = "HTTP/1.1 200".length();

    private Health() {}

    public static void main(String[] arguments) {
        var port = Integer.parseInt(System.getenv("MANAGEMENT_SERVER_PORT"));
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream()
                    .write("GET /actuator/health/readiness HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            var status = new String(socket.getInputStream().readNBytes(STATUS_LINE), StandardCharsets.US_ASCII);
            System.out.println(status);
            System.exit(status.endsWith(" 200") ? 0 : 1);
        } catch (IOException e) {
            System.out.println(e.getMessage());
            System.exit(1);
        }
    }
}
