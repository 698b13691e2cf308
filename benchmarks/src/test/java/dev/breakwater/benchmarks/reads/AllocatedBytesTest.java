package dev.breakwater.benchmarks.reads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AllocatedBytesTest {

    @Test
    void what_collections_found_and_what_came_since_is_added() {
        assertThat(AllocatedBytes.of(new Metrics("""
                        # HELP jvm_gc_memory_allocated_bytes_total Incremented for an increase in the size of the (young) heap
                        # TYPE jvm_gc_memory_allocated_bytes_total counter
                        jvm_gc_memory_allocated_bytes_total{application="inventory-service"} 1.048576E8
                        jvm_memory_used_bytes{application="x",area="nonheap",id="Metaspace"} 7.0
                        jvm_memory_used_bytes{area="heap",id="G1 Old Gen"} 9.0
                        jvm_memory_used_bytes{area="heap",id="G1 Eden Space"} 2097152.0
                        """))).isEqualTo(104_857_600 + 2_097_152);
        assertThat(AllocatedBytes.of(new Metrics("""
                        jvm_gc_memory_allocated_bytes_total 10.0
                        jvm_memory_used_bytes{area="heap",id="G1 Eden Space"} 5.0
                        """))).isEqualTo(15);
    }

    @Test
    void a_service_that_does_not_tell_is_no_service_without_allocation() {
        assertThatThrownBy(() -> AllocatedBytes.of(new Metrics("jvm_gc_memory_allocated_bytes_total 10.0\n")))
                .hasMessageContaining("Eden");
    }
}
