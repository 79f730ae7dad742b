package io.github.regionrouter.settings;

import static io.github.regionrouter.settings.Documents.SMALLEST;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.testing.HandClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Design §4: settings are looked for again and again, and a bad document never takes the place of a good one. */
class SettingsRefresherTest {

    private static final Duration EVERY = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final HandClock clock = new HandClock();
    private final List<RouterSettings> used = new ArrayList<>();
    private Path file;
    private SettingsRefresher refresher;

    @BeforeEach
    void start() throws Exception {
        file = Files.writeString(folder.resolve("router.json"), SMALLEST);
        FileSource source = new FileSource(file.toString(), name -> null);
        refresher = new SettingsRefresher(source, source.read(), EVERY, clock, clock);
        refresher.start(used::add);
    }

    @Test
    void aChangedFileIsInForceAtTheNextLook() throws Exception {
        Files.writeString(file, SMALLEST.replace("gpt-4o", "o3"));
        clock.advance(EVERY.minusSeconds(1));
        assertThat(used).isEmpty();

        clock.advance(Duration.ofSeconds(1));

        assertThat(used).hasSize(1);
        assertThat(used.get(0).table().models()).containsOnlyKeys("o3");
        assertThat(refresher.state().loadedAt()).isEqualTo(clock.instant());
        clock.advance(EVERY.multipliedBy(5));
        assertThat(used).as("nothing new").hasSize(1);
        assertThat(refresher.state().checkedAt()).isEqualTo(clock.instant());
    }

    @Test
    void aBadDocumentLeavesTheLastGoodOneInForce() throws Exception {
        Loaded good = refresher.state().loaded();
        Files.writeString(file, SMALLEST.replace("https://", "ftp://"));

        clock.advance(EVERY);

        assertThat(used).isEmpty();
        assertThat(refresher.state().loaded()).isSameAs(good);
        assertThat(refresher.state().faults()).singleElement().asString().contains("regions[0].endpoint");
    }

    @Test
    void aDocumentThatWasMendedIsInForceAndTheFaultsAreGone() throws Exception {
        Files.delete(file);
        clock.advance(EVERY);
        assertThat(refresher.state().faults()).isNotEmpty();
        Files.writeString(file, SMALLEST.replace("gpt-4o", "o3"));

        clock.advance(EVERY);

        assertThat(used).hasSize(1);
        assertThat(refresher.state().faults()).isEmpty();
    }

    @Test
    void aFileThatIsBackAsItWasNeedsNoNewSettings() throws Exception {
        Files.delete(file);
        clock.advance(EVERY);
        Files.writeString(file, SMALLEST);

        clock.advance(EVERY);

        assertThat(used).isEmpty();
        assertThat(refresher.state().faults()).isEmpty();
    }

    @Test
    void nobodyLooksAfterTheEnd() throws Exception {
        refresher.close();
        Files.writeString(file, SMALLEST.replace("gpt-4o", "o3"));

        clock.advance(EVERY.multipliedBy(3));

        assertThat(used).isEmpty();
    }

    @Test
    void aFaultOfTheSourceItselfDoesNotEndTheLooking() throws Exception {
        List<Integer> looks = new ArrayList<>();
        SettingsSource broken = new SettingsSource() {
            @Override
            public Loaded read() {
                throw new AssertionError("read: not again");
            }

            @Override
            public Optional<Loaded> newerThan(Loaded last) {
                looks.add(1);
                throw new IllegalStateException("a defect, with a secret in its message");
            }

            @Override
            public String name() {
                return "broken";
            }

            @Override
            public boolean mayChange() {
                return true;
            }
        };
        SettingsRefresher other =
                new SettingsRefresher(broken, refresher.state().loaded(), EVERY, clock, clock);
        other.start(used::add);

        clock.advance(EVERY.multipliedBy(3));

        assertThat(looks).hasSize(3);
        assertThat(other.state().faults()).singleElement().asString().doesNotContain("secret in its message");
    }
}
