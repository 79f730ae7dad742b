package io.github.regionrouter.lab.load;

import com.azure.json.JsonProviders;
import com.azure.json.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** The report as one JSON object; docs/load.md describes its members. Keys and header values are not in it. */
final class JsonReport {

    /** Grows when a member changes its meaning or goes. */
    private static final int VERSION = 2;

    private final LoadReport report;
    private final JsonWriter json;

    private JsonReport(LoadReport report, JsonWriter json) {
        this.report = report;
        this.json = json;
    }

    static String of(LoadReport report) {
        StringWriter text = new StringWriter();
        try (JsonWriter json = JsonProviders.createWriter(text)) {
            new JsonReport(report, json).write();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.append('\n').toString();
    }

    private void write() throws IOException {
        json.writeStartObject();
        json.writeIntField("version", VERSION);
        json.writeStringField("started", report.started().toString());
        number("seconds", report.seconds());
        json.writeBooleanField("interrupted", report.interrupted());
        json.writeLongField("unfinished", report.all().counts().givenUp());
        json.writeLongField("notStarted", report.all().counts().notStarted());
        number("callsPerSecond", report.callsPerSecond());
        plan();
        json.writeFieldName("all");
        group(report.all());
        groups("endpoints", report.endpoints());
        groups("regions", report.regions());
        groups("backends", report.backends());
        statuses();
        throttles();
        retries();
        series();
        json.writeEndObject();
    }

    private void plan() throws IOException {
        LoadPlan plan = report.plan();
        json.writeStartObject("plan");
        json.writeStringField("model", plan.model());
        json.writeArrayField("endpoints", plan.targets(), (writer, target) -> writer.writeString(target.label()));
        if (plan.pace() instanceof Pace.Rate rate) {
            number("ratePerSecond", rate.perSecond());
            json.writeBooleanField("poisson", rate.poisson());
        }
        json.writeIntField("threads", plan.pace().mostAtOnce());
        number("rampSeconds", plan.pace().ramp().toMillis() / 1_000.0);
        if (plan.bounded()) {
            json.writeLongField("items", plan.items());
        }
        if (plan.duration() != null) {
            number("durationSeconds", plan.duration().toMillis() / 1_000.0);
        }
        json.writeBooleanField("stream", plan.stream());
        number("timeoutSeconds", plan.timeout().toMillis() / 1_000.0);
        json.writeLongField("seed", plan.seed());
        json.writeEndObject();
    }

    private void groups(String name, List<Group> groups) throws IOException {
        json.writeStartArray(name);
        for (Group group : groups) {
            group(group);
        }
        json.writeEndArray();
    }

    private void group(Group group) throws IOException {
        json.writeStartObject();
        members(group);
        json.writeEndObject();
    }

    private void members(Group group) throws IOException {
        json.writeStringField("name", group.name());
        json.writeLongField("calls", group.calls());
        counts(group.served(), group.throttled(), group.failed());
        json.writeLongField("givenUp", group.counts().givenUp());
        json.writeLongField("notStarted", group.counts().notStarted());
        tokens(group.tokens());
        number("promptTokensPerMinute", report.tokensPerMinute(group.tokens().prompt()));
        number(
                "completionTokensPerMinute",
                report.tokensPerMinute(group.tokens().completion()));
        percentiles("latencyMs", group.latency(), true);
        percentiles("serviceMs", group.service(), true);
        percentiles("firstTokenMs", group.firstToken(), true);
    }

    private void statuses() throws IOException {
        json.writeStartArray("statuses");
        for (LoadReport.StatusGroup status : report.statuses()) {
            json.writeStartObject();
            json.writeStringField("detail", status.detail());
            members(status.group());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void throttles() throws IOException {
        Throttles throttles = report.throttles();
        json.writeStartObject("throttles");
        json.writeLongField("count", throttles.count());
        json.writeLongField("withWait", throttles.withWait());
        number("shortestSeconds", throttles.shortest());
        number("medianSeconds", throttles.median());
        number("longestSeconds", throttles.longest());
        json.writeEndObject();
    }

    private void retries() throws IOException {
        Retries retries = report.retries();
        json.writeStartObject("retries");
        json.writeLongField("calls", retries.calls());
        json.writeLongField("attempts", retries.attempts());
        json.writeLongField("retried", retries.retried());
        json.writeLongField("throttledAttempts", retries.throttled());
        json.writeStartObject("callsByAttempts");
        for (var entry : retries.callsByAttempts().entrySet()) {
            json.writeLongField(entry.getKey().toString(), entry.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void series() throws IOException {
        json.writeStartArray("series");
        for (Series.Row row : report.series()) {
            json.writeStartObject();
            json.writeIntField("second", row.second());
            json.writeLongField("sent", row.sent());
            counts(row.served(), row.throttled(), row.failed());
            tokens(row.tokens());
            percentiles("latencyMs", row.latency(), false);
            percentiles("firstTokenMs", row.firstToken(), false);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void counts(long served, long throttled, long failed) throws IOException {
        json.writeLongField("served", served);
        json.writeLongField("throttled", throttled);
        json.writeLongField("failed", failed);
    }

    private void tokens(Tokens tokens) throws IOException {
        json.writeLongField("promptTokens", tokens.prompt());
        json.writeLongField("completionTokens", tokens.completion());
        json.writeLongField("cachedTokens", tokens.cached());
        json.writeLongField("countedAnswers", tokens.counted());
        json.writeLongField("untoldAnswers", tokens.untold());
    }

    /** Nothing at all of nothing. */
    private void percentiles(String name, Percentiles times, boolean whole) throws IOException {
        if (times.none()) {
            return;
        }
        json.writeStartObject(name);
        json.writeLongField("count", times.count());
        number("mean", times.mean());
        number("p50", times.p50());
        number("p90", times.p90());
        number("p95", times.p95());
        number("p99", times.p99());
        number("p99.9", times.p999());
        number("max", times.max());
        if (whole) {
            json.writeStartArray("curve");
            for (Percentiles.Point point : times.curve()) {
                json.writeStartArray();
                json.writeDouble(point.percentile());
                json.writeDouble(rounded(point.millis()));
                json.writeEndArray();
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    /** To three digits behind the point; left out if there is none. */
    private void number(String name, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeDoubleField(name, rounded(value));
        }
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }
}
