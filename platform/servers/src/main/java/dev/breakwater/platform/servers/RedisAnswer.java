package dev.breakwater.platform.servers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** What a Redis on a loopback port says to one command: enough of its protocol (RESP 2) to set up a cluster. */
final class RedisAnswer {

    private static final int TIMEOUT_MILLIS = 2_000;

    private RedisAnswer() {}

    /** A line or a text as it is, a number in digits; an error with its leading minus. */
    static String to(int port, String... command) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(encoded(command));
            var in = new DataInputStream(socket.getInputStream());
            var line = line(in);
            return switch (line.charAt(0)) {
                case '+', ':' -> line.substring(1);
                case '-' -> line;
                case '$' -> new String(in.readNBytes(Integer.parseInt(line.substring(1))), UTF_8);
                default -> throw new IOException("no answer that is understood here: " + line);
            };
        }
    }

    private static byte[] encoded(String... command) {
        var text = new StringBuilder("*" + command.length + "\r\n");
        for (var word : command) {
            text.append('$')
                    .append(word.getBytes(UTF_8).length)
                    .append("\r\n")
                    .append(word)
                    .append("\r\n");
        }
        return text.toString().getBytes(UTF_8);
    }

    private static String line(DataInputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (var next = in.readByte(); next != '\r'; next = in.readByte()) {
            line.write(next);
        }
        in.skipNBytes(1);
        return line.toString(UTF_8);
    }
}
