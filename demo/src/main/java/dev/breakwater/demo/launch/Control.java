package dev.breakwater.demo.launch;

import dev.breakwater.platform.servers.CannotStartException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * How {@code status}, {@code stop}, {@code start} and {@code down} reach the launcher: a line in, {@code ok} or
 * {@code error} and some lines out, over a Unix socket in a folder that only its owner may enter.
 */
final class Control {

    private Control() {}

    /** Answers until the process ends; a {@link CannotStartException} from {@code answer} is told to the caller. */
    static void serve(Path socket, Function<String, List<String>> answer) throws IOException {
        Files.deleteIfExists(socket);
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().name("control").start(() -> {
            try {
                while (true) {
                    var caller = server.accept();
                    Thread.ofVirtual().start(() -> answer(caller, answer));
                }
            } catch (IOException e) {
                // The process ends, and its socket with it.
                return;
            }
        });
    }

    /** Asks the launcher; throws {@link CannotStartException} with its sentence when it refuses. */
    static List<String> ask(Path socket, String question) {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            Channels.newOutputStream(channel).write((question + "\n").getBytes(StandardCharsets.UTF_8));
            var lines = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            if (lines.isEmpty()) {
                throw new CannotStartException("The launcher gave no answer; it is probably ending.");
            }
            if (!lines.getFirst().equals("ok")) {
                throw new CannotStartException(String.join("\n", lines.subList(1, lines.size())));
            }
            return lines.subList(1, lines.size());
        } catch (IOException e) {
            throw new CannotStartException("The launcher does not answer: %s.".formatted(e.getMessage()), e);
        }
    }

    private static void answer(SocketChannel caller, Function<String, List<String>> answer) {
        try (caller) {
            var question = new BufferedReader(
                            new InputStreamReader(Channels.newInputStream(caller), StandardCharsets.UTF_8))
                    .readLine();
            String said;
            try {
                said = "ok\n" + String.join("\n", answer.apply(question));
            } catch (CannotStartException e) {
                said = "error\n" + e.getMessage();
            }
            Channels.newOutputStream(caller).write(said.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // The caller went away, which is its right.
            return;
        }
    }
}
