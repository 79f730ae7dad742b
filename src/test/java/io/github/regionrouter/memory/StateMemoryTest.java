package io.github.regionrouter.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.memory.StateMemory.Whereabouts;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** R12: where state lives, and whose it is. */
final class StateMemoryTest {

    private static final URI EAST = URI.create("https://east");
    private static final URI WEST = URI.create("https://west");

    private final StateMemory memory = new StateMemory();

    @Test
    void whatACallerWasToldIsFoundForThatCaller() {
        memory.remember(Set.of("resp_1"), "search", EAST);

        assertThat(memory.find(Set.of("resp_1"), "search")).isEqualTo(new Whereabouts.At(EAST));
    }

    @Test
    void whatAnotherCallerWasToldDoesNotExist() {
        memory.remember(Set.of("resp_1"), "search", EAST);

        assertThat(memory.find(Set.of("resp_1"), "chat")).isEqualTo(new Whereabouts.Foreign());
        assertThat(memory.find(Set.of("resp_0", "resp_1"), "chat")).isEqualTo(new Whereabouts.Foreign());
    }

    @Test
    void whatNobodyWasToldIsUnknown() {
        assertThat(memory.find(Set.of("resp_1"), "search")).isEqualTo(new Whereabouts.Unknown());
        assertThat(memory.find(Set.of(), "search")).isEqualTo(new Whereabouts.Unknown());
    }

    @Test
    void theLastWordCounts() {
        memory.remember(Set.of("resp_1"), "search", EAST);
        memory.remember(Set.of("resp_1"), "search", WEST);

        assertThat(memory.find(Set.of("resp_1"), "search")).isEqualTo(new Whereabouts.At(WEST));
    }

    @Test
    void itIsBounded() {
        Recent<Integer, Integer> recent = new Recent<>(2);
        recent.put(1, 1);
        recent.put(2, 2);
        recent.get(1);
        recent.put(3, 3);

        assertThat(recent.get(1)).isEqualTo(1);
        assertThat(recent.get(2)).isNull();
        assertThat(recent.get(3)).isEqualTo(3);
    }
}
