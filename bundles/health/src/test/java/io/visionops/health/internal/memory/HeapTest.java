package io.visionops.health.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeapTest {

    private static final int MEGABYTE = 1 << 20;

    private final Heap heap = new Heap();

    @Test
    void itShrinksAndMayGrowAgainAsBefore() {
        String least = heap.option(Heap.LEAST_FREE);
        String most = heap.option(Heap.MOST_FREE);
        assertThat(least).isNotEmpty();
        assertThat(most).isNotEmpty();

        heap.collectAndShrink();

        assertThat(heap.option(Heap.LEAST_FREE)).isEqualTo(least);
        assertThat(heap.option(Heap.MOST_FREE)).isEqualTo(most);
    }

    @Test
    void whatNobodyUsesIsGivenBackToTheSystem() {
        List<byte[]> used = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            used.add(new byte[MEGABYTE]);
        }
        long grown = committed();
        used.clear();

        heap.collectAndShrink();

        assertThat(committed()).isLessThan(grown - 200L * MEGABYTE);
    }

    private static long committed() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
    }

    @Test
    void anOptionThatIsNotThereOrCannotBeChangedIsEmpty() {
        assertThat(heap.option("NoSuchOption")).isEmpty();
        assertThat(heap.option("UseSerialGC")).isEmpty();
    }
}
