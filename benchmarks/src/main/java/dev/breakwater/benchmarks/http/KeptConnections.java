package dev.breakwater.benchmarks.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 over connections that are kept: a few microseconds a call, so that what is measured is the server. Client
 * and server share this machine's processors.
 */
public final class KeptConnections implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int LEAST_PROBLEM = 400;
    private static final Pattern CODE = Pattern.compile("\"code\":\"([a-z_]+)\"");

    private final int port;
    private final int patienceMillis;
    private final ConcurrentLinkedQueue<Connection> idle = new ConcurrentLinkedQueue<>();

    public KeptConnections(int port) {
        this(port, LONGEST);
    }

    /** @param patience how long a connection, and then each part of an answer, may take */
    public KeptConnections(int port, Duration patience) {
        this.port = port;
        this.patienceMillis = Math.toIntExact(patience.toMillis());
    }

    /**
     * @param etag as it stood in the header
     * @param code of the problem, when that is what was answered
     */
    public record Answer(
            int status, @Nullable String etag, @Nullable String code) {}

    private record Connection(Socket socket, InputStream in) {}

    /** @param isLast whether the server closes the connection behind it */
    private record Read(Answer answer, boolean isLast) {}

    /** Sends a whole request and returns what was answered, whose body has been read. */
    public Answer call(byte[] request) throws IOException {
        var idling = idle.poll();
        var connection = idling == null ? open() : idling;
        try {
            connection.socket.getOutputStream().write(request);
            var read = readAnswer(connection.in);
            if (read.isLast) {
                connection.socket.close();
            } else {
                idle.add(connection);
            }
            return read.answer;
        } catch (IOException e) {
            connection.socket.close();
            throw e;
        }
    }

    private Connection open() throws IOException {
        var socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), patienceMillis);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(patienceMillis);
            return new Connection(socket, new BufferedInputStream(socket.getInputStream()));
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static Read readAnswer(InputStream in) throws IOException {
        var status = Integer.parseInt(line(in).split(" ", 3)[1]);
        var length = 0;
        var chunked = false;
        var isLast = false;
        String etag = null;
        for (var header = line(in); !header.isEmpty(); header = line(in)) {
            var lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(
                        lower.substring("content-length:".length()).strip());
            }
            if (lower.startsWith("etag:")) {
                etag = header.substring("etag:".length()).strip();
            }
            chunked |= lower.startsWith("transfer-encoding:");
            isLast |= lower.equals("connection: close");
        }
        if (chunked) {
            int size;
            do {
                size = Integer.parseInt(line(in), 16);
                in.skipNBytes(size + 2L);
            } while (size > 0);
        } else if (status >= LEAST_PROBLEM) {
            return new Read(new Answer(status, etag, code(in.readNBytes(length))), isLast);
        } else {
            in.skipNBytes(length);
        }
        return new Read(new Answer(status, etag, null), isLast);
    }

    private static @Nullable String code(byte[] problem) {
        var code = CODE.matcher(new String(problem, US_ASCII));
        return code.find() ? code.group(1) : null;
    }

    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (var next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    public static byte[] get(String path) {
        return """
                GET %s HTTP/1.1\r
                Host: localhost\r
                Accept: application/json\r
                \r
                """.formatted(path).getBytes(US_ASCII);
    }

    public static byte[] get(String path, String token) {
        return """
                GET %s HTTP/1.1\r
                Host: localhost\r
                Accept: application/json\r
                Authorization: Bearer %s\r
                \r
                """.formatted(path, token).getBytes(US_ASCII);
    }

    /** An empty body, and no token. */
    public static byte[] post(String path) {
        return """
                POST %s HTTP/1.1\r
                Host: localhost\r
                Content-Length: 0\r
                \r
                """.formatted(path).getBytes(US_ASCII);
    }

    public static byte[] put(String path, String token, String body) {
        return withBody("PUT " + path, token, "", body);
    }

    static byte[] post(String path, String token, String key, String body) {
        return withBody("POST " + path, token, "Idempotency-Key: " + key + "\r\n", body);
    }

    private static byte[] withBody(String methodAndPath, String token, String more, String body) {
        var bytes = body.getBytes(US_ASCII);
        return """
                %s HTTP/1.1\r
                Host: localhost\r
                Authorization: Bearer %s\r
                %sContent-Type: application/json\r
                Content-Length: %d\r
                \r
                %s""".formatted(methodAndPath, token, more, bytes.length, body).getBytes(US_ASCII);
    }

    @Override
    public void close() throws IOException {
        for (var connection : idle) {
            connection.socket.close();
        }
    }
}
