package dev.breakwater.platform.servers;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Asks a program on a loopback port whether it serves; an {@link IOException} is a no. */
@FunctionalInterface
public interface Readiness {

    /** Longer than any healthy answer on loopback, short enough to ask again soon. */
    int TIMEOUT_MILLIS = 1_000;

    boolean isReady(int port) throws IOException;

    /** What is asked, and heard, on a connection. */
    interface Question {
        boolean isAnsweredBy(Socket server) throws IOException;
    }

    /** Asks over TLS, of a server that has that certificate. */
    static Readiness overTls(ServerCertificate certificate, Question question) {
        return port -> {
            try (var plain = connect(port);
                    var secure = certificate.trusted().createSocket(plain, "localhost", port, true)) {
                return question.isAnsweredBy(secure);
            }
        };
    }

    /**
     * The greeting that a MySQL protocol server sends to whoever connects (protocol version 10, not an error packet).
     */
    static boolean greetsAsMySql(int port) throws IOException {
        try (var socket = connect(port)) {
            var in = new DataInputStream(socket.getInputStream());
            in.skipNBytes(4);
            return in.readUnsignedByte() == 10;
        }
    }

    /** {@code PING} is answered with {@code PONG}; a Redis that still loads its file answers with an error. */
    static boolean answersRedisPing(int port) throws IOException {
        try (var socket = connect(port)) {
            return answersRedisPing(socket);
        }
    }

    static boolean answersRedisPing(Socket socket) throws IOException {
        socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII).equals("+PONG");
    }

    /** An ApiVersions request is answered without error: a broker accepts none before it has joined its cluster. */
    static boolean answersKafkaApiVersions(int port) throws IOException {
        try (var socket = connect(port)) {
            return answersKafkaApiVersions(socket);
        }
    }

    static boolean answersKafkaApiVersions(Socket socket) throws IOException {
        var request = ByteBuffer.allocate(14);
        request.putInt(10).putShort((short) 18).putShort((short) 0).putInt(1).putShort((short) -1);
        socket.getOutputStream().write(request.array());
        var in = new DataInputStream(socket.getInputStream());
        in.skipNBytes(8);
        return in.readShort() == 0;
    }

    private static Socket connect(int port) throws IOException {
        var socket = new Socket();
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
        return socket;
    }
}
