package dev.breakwater.platform.web.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapRoomTest {

    @Test
    void half_of_the_heap_is_shared_by_connections_and_requests() {
        var room = new HeapRoom(512L * 1_024 * 1_024);
        assertThat(room.connections()).isEqualTo(7_710);
        assertThat(room.requests()).isEqualTo(2_048);
    }

    @Test
    void there_is_room_for_one_and_for_no_more_than_can_be_counted() {
        assertThat(new HeapRoom(1).requests()).isEqualTo(1);
        assertThat(new HeapRoom(Long.MAX_VALUE).connections()).isEqualTo(Integer.MAX_VALUE);
    }
}
