package dev.breakwater.demo.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.platform.servers.CannotStartException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlTest {

    @TempDir
    private Path folder;

    @Test
    void a_question_is_answered_and_a_refusal_is_told() throws Exception {
        var socket = folder.resolve("control");
        Control.serve(socket, question -> {
            if (question.equals("nonsense")) {
                throw new CannotStartException("No.");
            }
            return List.of("you said", question);
        });
        assertThat(Control.ask(socket, "status")).containsExactly("you said", "status");
        assertThatThrownBy(() -> Control.ask(socket, "nonsense"))
                .isInstanceOf(CannotStartException.class)
                .hasMessage("No.");
    }
}
