package io.github.regionrouter.lab.simulator;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * {@code audio/transcriptions} and {@code audio/translations}: says how long the file was, in each {@code response_format}. A
 * second of sound is taken to be 16,000 bytes.
 */
final class AudioToText implements Operation {

    private static final double BYTES_PER_SECOND = 16_000;

    private final String name;
    private final String task;

    private AudioToText(String name, String task) {
        this.name = name;
        this.task = task;
    }

    static Operation transcriptions() {
        return new AudioToText("Transcriptions_Create", "transcribe");
    }

    static Operation translations() {
        return new AudioToText("Translations_Create", "translate");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Answer answer(Call call) {
        if (!call.isForm()) {
            throw Refusal.badRequest("The request must be multipart/form-data.", "body");
        }
        MultipartForm.Part file = call.form().part("file");
        if (file == null) {
            throw Refusal.badRequest("Missing required parameter: 'file'.", "file");
        }
        String text = call.region() + " heard " + file.content().length + " bytes";
        double seconds = file.content().length / BYTES_PER_SECOND;
        String format = call.form().text("response_format");
        return switch (format) {
            case "", "json" -> Answer.generated(Json.map("text", text), 1);
            case "verbose_json" -> Answer.generated(verbose(text, seconds), 1);
            case "text" -> plain(text + "\n");
            case "srt" -> plain("1\n00:00:00,000 --> " + time(seconds, ',') + "\n" + text + "\n\n");
            case "vtt" -> plain("WEBVTT\n\n00:00:00.000 --> " + time(seconds, '.') + "\n" + text + "\n\n");
            default ->
                throw Refusal.badRequest(
                        Check.message("response_format", format, "json, text, verbose_json, srt or vtt"),
                        "response_format");
        };
    }

    private Map<String, ?> verbose(String text, double seconds) {
        return Json.map(
                "task",
                task,
                "language",
                "english",
                "duration",
                seconds,
                "text",
                text,
                "segments",
                List.of(Json.map("id", 0, "start", 0.0, "end", seconds, "text", text)));
    }

    private static Answer plain(String text) {
        return new Answer.Whole(
                200, Map.of("content-type", "text/plain; charset=utf-8"), text.getBytes(StandardCharsets.UTF_8), 1);
    }

    private static String time(double seconds, char point) {
        long millis = Math.round(seconds * 1_000);
        return String.format(
                "%02d:%02d:%02d%c%03d",
                millis / 3_600_000, millis / 60_000 % 60, millis / 1_000 % 60, point, millis % 1_000);
    }
}
