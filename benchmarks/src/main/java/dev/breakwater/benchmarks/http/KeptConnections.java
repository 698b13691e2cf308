package dev.breakwater.benchmarks.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * HTTP/1.1 over connections that are kept: a few microseconds a call, so that what is measured is the server. Client
 * and server share this machine's processors.
 */
final class KeptConnections implements AutoCloseable {

    private final int port;
    private final ConcurrentLinkedQueue<Connection> idle = new ConcurrentLinkedQueue<>();

    KeptConnections(int port) {
        this.port = port;
    }

    private record Connection(Socket socket, InputStream in) {}

    /** Sends a whole request and returns the status of the answer, whose body has been read. */
    int call(byte[] request) throws IOException {
        var connection = idle.poll();
        if (connection == null) {
            var socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            connection = new Connection(socket, new BufferedInputStream(socket.getInputStream()));
        }
        connection.socket.getOutputStream().write(request);
        var status = readAnswer(connection.in);
        idle.add(connection);
        return status;
    }

    private static int readAnswer(InputStream in) throws IOException {
        var status = Integer.parseInt(line(in).split(" ", 3)[1]);
        var length = 0;
        var chunked = false;
        for (var header = line(in); !header.isEmpty(); header = line(in)) {
            var lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(
                        lower.substring("content-length:".length()).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:");
        }
        if (chunked) {
            int size;
            do {
                size = Integer.parseInt(line(in), 16);
                in.skipNBytes(size + 2L);
            } while (size > 0);
        } else {
            in.skipNBytes(length);
        }
        return status;
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

    static byte[] post(String path, String token, String key, String body) {
        var bytes = body.getBytes(US_ASCII);
        return """
                POST %s HTTP/1.1\r
                Host: localhost\r
                Authorization: Bearer %s\r
                Idempotency-Key: %s\r
                Content-Type: application/json\r
                Content-Length: %d\r
                \r
                %s""".formatted(path, token, key, bytes.length, body).getBytes(US_ASCII);
    }

    @Override
    public void close() throws IOException {
        for (var connection : idle) {
            connection.socket.close();
        }
    }
}
