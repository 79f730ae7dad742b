package io.github.regionrouter.telemetry;

import com.azure.json.JsonProviders;
import com.azure.json.JsonWriter;
import io.github.regionrouter.region.Region;
import io.github.regionrouter.region.Ticker;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.logging.Logger;

/**
 * R7: what people have to mend, as a log line of its own, {@code {"event":"alarm",…}}, at most one a minute for each region. It
 * names the region and the cause, never a key.
 */
public final class AlarmLog {

    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final Ticker ticker;
    private final Consumer<String> lines;
    private final ConcurrentHashMap<Region, Long> raised = new ConcurrentHashMap<>();

    /** @param lines takes one line of JSON */
    public AlarmLog(Ticker ticker, Consumer<String> lines) {
        this.ticker = ticker;
        this.lines = lines;
    }

    /** Alarms that go to the process's log, as warnings. */
    public static AlarmLog toLog(Ticker ticker) {
        return new AlarmLog(ticker, Logger.getLogger(AlarmLog.class.getName())::warning);
    }

    /**
     * The region refuses the router's own credentials.
     *
     * @param status the answer's; 0 if the router had no token to show
     */
    public void credentialsRefused(Region region, int status) {
        long now = ticker.nanos();
        Long before = raised.get(region);
        if (before != null && now - before < SILENCE.toNanos()) {
            return;
        }
        boolean mine = before == null ? raised.putIfAbsent(region, now) == null : raised.replace(region, before, now);
        if (mine) { // else another call was quicker to say so
            lines.accept(line(region, status));
        }
    }

    private static String line(Region region, int status) {
        StringWriter text = new StringWriter();
        try (JsonWriter json = JsonProviders.createWriter(text)) {
            json.writeStartObject()
                    .writeStringField("event", "alarm")
                    .writeStringField("region", region.name())
                    .writeStringField("endpoint", region.endpoint().toString())
                    .writeStringField("cause", status == 0 ? "no_token" : "credentials_refused")
                    .writeIntField("status", status)
                    .writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }
}
