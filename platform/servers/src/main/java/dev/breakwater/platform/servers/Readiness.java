package dev.breakwater.platform.servers;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks a program on a loopback port whether it serves; an {@link IOException} is a no. */
@FunctionalInterface
public interface Readiness {

    /** Longer than any healthy answer on loopback, short enough to ask again soon. */
    int TIMEOUT_MILLIS = 1_000;

    boolean isReady(int port) throws IOException;

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
            socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII).equals("+PONG");
        }
    }

    /** An ApiVersions request is answered without error: a broker accepts none before it has joined its cluster. */
    static boolean answersKafkaApiVersions(int port) throws IOException {
        try (var socket = connect(port)) {
            var out = new DataOutputStream(socket.getOutputStream());
            out.writeInt(10);
            out.writeShort(18);
            out.writeShort(0);
            out.writeInt(1);
            out.writeShort(-1);
            out.flush();
            var in = new DataInputStream(socket.getInputStream());
            in.skipNBytes(8);
            return in.readShort() == 0;
        }
    }

    private static Socket connect(int port) throws IOException {
        var socket = new Socket();
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
        return socket;
    }
}
