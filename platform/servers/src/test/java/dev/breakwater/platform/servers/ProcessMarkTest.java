package dev.breakwater.platform.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProcessMarkTest {

    @Test
    void a_process_is_found_again_by_its_mark_as_text() {
        var mark = ProcessMark.parse(ProcessMark.of(ProcessHandle.current()).toString());
        assertThat(mark.find()).contains(ProcessHandle.current());
    }

    @Test
    void another_process_that_got_the_same_pid_is_not_taken_for_it() {
        var mark = ProcessMark.of(ProcessHandle.current());
        var predecessor = new ProcessMark(mark.pid(), mark.startedAt().minus(Duration.ofMinutes(5)));
        assertThat(predecessor.find()).isEmpty();
    }
}
