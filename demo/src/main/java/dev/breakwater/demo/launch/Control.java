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
import java.util.ArrayList;
import java.util.function.Consumer;

/**
 * How {@code status}, {@code stop}, {@code start} and {@code restart} reach the launcher: a line in, lines out as there
 * is something to say, and {@code ok} or the lines of a refusal at the end, over a Unix socket in a folder that only
 * its owner may enter.
 */
final class Control {

    private static final char SAID = ' ';
    private static final char REFUSED = '!';
    private static final String DONE = "ok";

    private Control() {}

    /** Does what a question asks for, and says so line by line. */
    interface Answer {
        void to(String question, Consumer<String> say);
    }

    /** Answers until the process ends; a {@link CannotStartException} from {@code answer} is told to the caller. */
    static void serve(Path socket, Answer answer) throws IOException {
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

    /**
     * Asks the launcher, and passes on what it says as it comes; throws {@link CannotStartException} with its sentence
     * when it refuses.
     */
    static void ask(Path socket, String question, Consumer<String> heard) {
        var refusal = new ArrayList<String>();
        var last = "";
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                var in = reader(channel)) {
            write(channel, question);
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                last = line;
                if (line.charAt(0) == SAID) {
                    heard.accept(line.substring(1));
                } else if (line.charAt(0) == REFUSED) {
                    refusal.add(line.substring(1));
                }
            }
        } catch (IOException e) {
            throw new CannotStartException("The launcher does not answer: %s.".formatted(e.getMessage()), e);
        }
        if (!refusal.isEmpty()) {
            throw new CannotStartException(String.join("\n", refusal));
        }
        if (!last.equals(DONE)) {
            throw new CannotStartException("The launcher gave no whole answer; it is probably ending.");
        }
    }

    private static void answer(SocketChannel caller, Answer answer) {
        try (caller) {
            var question = reader(caller).readLine();
            try {
                answer.to(question, line -> say(caller, line));
                write(caller, DONE);
            } catch (CannotStartException e) {
                for (var line : String.valueOf(e.getMessage()).lines().toList()) {
                    write(caller, REFUSED + line);
                }
            }
        } catch (IOException e) {
            // The caller went away, which is its right.
            return;
        }
    }

    /** What was begun is not left half done because the caller no longer listens. */
    private static void say(SocketChannel caller, String line) {
        try {
            write(caller, SAID + line);
        } catch (IOException e) {
            return;
        }
    }

    private static BufferedReader reader(SocketChannel channel) {
        return new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
    }

    private static void write(SocketChannel channel, String line) throws IOException {
        Channels.newOutputStream(channel).write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
