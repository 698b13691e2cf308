package dev.breakwater.demo.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.platform.servers.CannotStartException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlTest {

    @TempDir
    private Path folder;

    @Test
    void a_question_is_answered_and_a_refusal_is_told() throws Exception {
        var socket = folder.resolve("control");
        Control.serve(socket, (question, say) -> {
            if (question.equals("nonsense")) {
                throw new CannotStartException("No.");
            }
            say.accept("you said");
            say.accept(question);
        });
        var heard = new ArrayList<String>();
        Control.ask(socket, "status", heard::add);
        assertThat(heard).containsExactly("you said", "status");
        assertThatThrownBy(() -> Control.ask(socket, "nonsense", heard::add))
                .isInstanceOf(CannotStartException.class)
                .hasMessage("No.");
    }

    @Test
    void what_takes_long_is_heard_of_while_it_is_done() throws Exception {
        var socket = folder.resolve("control");
        var halfHeard = new CountDownLatch(1);
        Control.serve(socket, (question, say) -> {
            say.accept("half");
            await(halfHeard);
            say.accept("all");
        });
        var heard = new ArrayList<String>();
        Control.ask(socket, "restart", line -> {
            heard.add(line);
            halfHeard.countDown();
        });
        assertThat(heard).containsExactly("half", "all");
    }

    @Test
    void what_was_begun_is_finished_though_its_caller_went_away() throws Exception {
        var socket = folder.resolve("control");
        var gone = new CountDownLatch(1);
        var finished = new CountDownLatch(1);
        Control.serve(socket, (question, say) -> {
            await(gone);
            for (var line = 0; line < 100; line++) {
                say.accept("nobody listens");
            }
            finished.countDown();
        });
        try (var caller = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            caller.write(StandardCharsets.UTF_8.encode("restart\n"));
        }
        gone.countDown();
        assertThat(finished.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
