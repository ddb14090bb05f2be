package io.visionops.health.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapTest {

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
    void anOptionThatIsNotThereOrCannotBeChangedIsEmpty() {
        assertThat(heap.option("NoSuchOption")).isEmpty();
        assertThat(heap.option("UseSerialGC")).isEmpty();
    }
}
