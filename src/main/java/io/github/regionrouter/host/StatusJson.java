package io.github.regionrouter.host;

import com.azure.json.JsonProviders;
import com.azure.json.JsonWriter;
import io.github.regionrouter.RouterStatus;
import io.github.regionrouter.RouterStatus.ModelStatus;
import io.github.regionrouter.RouterStatus.RegionStatus;
import io.github.regionrouter.region.Access.Cause;
import io.github.regionrouter.settings.SettingsRefresher;
import io.github.regionrouter.telemetry.Activity;
import io.github.regionrouter.telemetry.AlarmLog.Alarm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes what {@code /router/status} answers and the page draws. Times are ISO 8601 in UTC, durations milliseconds. */
final class StatusJson {

    private static final String VERSION =
            Objects.requireNonNullElse(StatusJson.class.getPackage().getImplementationVersion(), "0.1.0-SNAPSHOT");

    private static final Map<Cause, String> CAUSES = Map.of(
            Cause.COOLING, "cooling", Cause.BREAKER, "breaker", Cause.REFUSAL, "refused", Cause.ABSENCE, "absent");

    private final String host;
    private final Instant startedAt;
    private final Instant now;
    private final SettingsRefresher.State settings;

    StatusJson(String host, Instant startedAt, Instant now, SettingsRefresher.State settings) {
        this.host = host;
        this.startedAt = startedAt;
        this.now = now;
        this.settings = settings;
    }

    byte[] of(RouterStatus status) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonWriter json = JsonProviders.createWriter(bytes)) {
            json.writeStartObject()
                    .writeStringField("now", now.toString())
                    .writeStringField("startedAt", startedAt.toString())
                    .writeStringField("host", host)
                    .writeStringField("version", VERSION);
            settings(json);
            json.writeIntField("minutes", Activity.MINUTES);
            json.writeArrayField("models", status.models(), StatusJson::model);
            json.writeArrayField("alarms", status.alarms(), StatusJson::alarm);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private void settings(JsonWriter json) throws IOException {
        json.writeStartObject("settings")
                .writeStringField("source", settings.source())
                .writeStringField("version", settings.loaded().version())
                .writeStringField("loadedAt", settings.loadedAt().toString())
                .writeStringField("checkedAt", settings.checkedAt().toString())
                .writeArrayField("faults", settings.faults(), JsonWriter::writeString)
                .writeEndObject();
    }

    private static void model(JsonWriter json, ModelStatus status) throws IOException {
        json.writeStartObject()
                .writeStringField("name", status.model().name())
                .writeBooleanField("usable", status.usable())
                .writeBooleanField("stayInZone", status.model().stayInZone())
                .writeArrayField("regions", status.regions(), StatusJson::region)
                .writeEndObject();
    }

    private static void region(JsonWriter json, RegionStatus status) throws IOException {
        json.writeStartObject()
                .writeStringField("name", status.region().name())
                .writeStringField("endpoint", status.region().endpoint().toString())
                .writeStringField("deployment", status.region().deployment().name())
                .writeIntField("tier", status.region().priority())
                .writeIntField("weight", status.region().weight());
        nullable(json, "zone", status.region().zone());
        json.writeStringField("state", status.state().name().toLowerCase(Locale.ROOT));
        nullable(json, "cause", status.cause() == null ? null : CAUSES.get(status.cause()));
        json.writeLongField("leftMs", status.left().toMillis())
                .writeIntField("failures", status.failures())
                .writeIntField("inFlight", status.inFlight());
        counts(json, "attempts", status.counts().attempts());
        counts(json, "throttled", status.counts().throttled());
        counts(json, "failed", status.counts().failed());
        json.writeEndObject();
    }

    private static void counts(JsonWriter json, String name, int[] minutes) throws IOException {
        json.writeStartArray(name);
        for (int count : minutes) {
            json.writeInt(count);
        }
        json.writeEndArray();
    }

    private static void alarm(JsonWriter json, Alarm alarm) throws IOException {
        json.writeStartObject()
                .writeStringField("at", alarm.at().toString())
                .writeStringField("region", alarm.region())
                .writeStringField("cause", alarm.cause())
                .writeIntField("status", alarm.status())
                .writeEndObject();
    }

    private static void nullable(JsonWriter json, String name, @Nullable String value) throws IOException {
        if (value == null) {
            json.writeNullField(name);
        } else {
            json.writeStringField(name, value);
        }
    }
}
