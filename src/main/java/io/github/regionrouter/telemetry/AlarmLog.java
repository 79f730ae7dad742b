package io.github.regionrouter.telemetry;

import com.azure.json.JsonProviders;
import com.azure.json.JsonWriter;
import io.github.regionrouter.region.Region;
import io.github.regionrouter.region.Ticker;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * R7: what people have to mend, as a log line of its own, {@code {"event":"alarm",…}}, at most one a minute for each region. It
 * names the region and the cause, never a key.
 */
public final class AlarmLog {

    private static final Duration SILENCE = Duration.ofMinutes(1);

    private static final int MOST_SHOWN = 20;

    private final Ticker ticker;
    private final InstantSource clock;
    private final Deque<Alarm> recent = new ArrayDeque<>();
    private final ConcurrentHashMap<Region, Long> raised = new ConcurrentHashMap<>();

    /**
     * @param clock says when an alarm was raised
     */
    public AlarmLog(Ticker ticker, InstantSource clock) {
        this.ticker = ticker;
        this.clock = clock;
    }

    /**
     * The region refuses the router's own credentials.
     *
     * @param status the answer's; 0 if the router had no token to show
     * @param lines takes the line
     */
    public void credentialsRefused(Region region, int status, Consumer<String> lines) {
        long now = ticker.nanos();
        Long before = raised.get(region);
        if (before != null && now - before < SILENCE.toNanos()) {
            return;
        }
        boolean mine = before == null ? raised.putIfAbsent(region, now) == null : raised.replace(region, before, now);
        if (mine) { // else another call was quicker to say so
            Alarm alarm =
                    new Alarm(clock.instant(), region.name(), status == 0 ? "no_token" : "credentials_refused", status);
            synchronized (recent) {
                recent.addLast(alarm);
                if (recent.size() > MOST_SHOWN) {
                    recent.removeFirst();
                }
            }
            lines.accept(line(region, alarm));
        }
    }

    /** The last alarms, oldest first. */
    public List<Alarm> recent() {
        synchronized (recent) {
            return List.copyOf(recent);
        }
    }

    /**
     * What people have to mend.
     *
     * @param region name of the region
     * @param status the answer's; 0 if there was none
     */
    public record Alarm(Instant at, String region, String cause, int status) {}

    private static String line(Region region, Alarm alarm) {
        StringWriter text = new StringWriter();
        try (JsonWriter json = JsonProviders.createWriter(text)) {
            json.writeStartObject()
                    .writeStringField("event", "alarm")
                    .writeStringField("region", region.name())
                    .writeStringField("endpoint", region.endpoint().toString())
                    .writeStringField("cause", alarm.cause())
                    .writeIntField("status", alarm.status())
                    .writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }
}
