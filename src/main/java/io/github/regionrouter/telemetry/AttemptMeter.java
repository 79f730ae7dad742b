package io.github.regionrouter.telemetry;

import com.azure.core.util.Context;
import com.azure.core.util.MetricsOptions;
import com.azure.core.util.TelemetryAttributes;
import com.azure.core.util.metrics.DoubleHistogram;
import com.azure.core.util.metrics.LongCounter;
import com.azure.core.util.metrics.Meter;
import com.azure.core.util.metrics.MeterProvider;
import java.time.Duration;
import java.util.Map;

/**
 * Metrics by model and region, through azure-core's own {@code Meter}: attempts, those answered 429, retries, seconds of cooldown
 * asked for, and added latency. Without a provider in the process every method does nothing.
 */
public final class AttemptMeter {

    private final Meter meter;
    private final LongCounter attempts;
    private final LongCounter throttled;
    private final LongCounter retries;
    private final DoubleHistogram cooldown;
    private final DoubleHistogram added;

    private AttemptMeter(Meter meter) {
        this.meter = meter;
        attempts = meter.createLongCounter("router.attempts", "Requests sent to regions", "{attempt}");
        throttled = meter.createLongCounter("router.throttled", "Of them, those answered 429", "{attempt}");
        retries = meter.createLongCounter("router.retries", "Attempts after the first of a request", "{attempt}");
        cooldown = meter.createDoubleHistogram("router.cooldown", "What a 429 asked for", "s");
        added = meter.createDoubleHistogram("router.added_latency", "Before the last attempt set out", "s");
    }

    /** On the meter that the process has, if it has one. */
    public static AttemptMeter ofProcess() {
        return new AttemptMeter(
                MeterProvider.getDefaultProvider().createMeter("region-router", null, (MetricsOptions) null));
    }

    /** An attempt is over. */
    public void count(AttemptRecord attempt) {
        if (!meter.isEnabled()) {
            return;
        }
        TelemetryAttributes of = meter.createAttributes(
                Map.of("model", attempt.model(), "region", attempt.region().name()));
        attempts.add(1, of, Context.NONE);
        if (attempt.status() == 429) {
            throttled.add(1, of, Context.NONE);
        }
        if (attempt.number() > 1) {
            retries.add(1, of, Context.NONE);
        }
        Duration wait = attempt.retryAfter();
        if (wait != null) {
            cooldown.record(wait.toMillis() / 1000.0, of, Context.NONE);
        }
    }

    /** A request is over. */
    public void count(RequestRecord request) {
        if (meter.isEnabled() && request.region() != null) {
            added.record(
                    request.added().toMillis() / 1000.0,
                    meter.createAttributes(Map.of("model", request.model(), "region", request.region())),
                    Context.NONE);
        }
    }
}
