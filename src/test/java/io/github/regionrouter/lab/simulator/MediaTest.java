package io.github.regionrouter.lab.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images and sound. */
final class MediaTest {

    private static final String IMAGES = "/openai/v1/images/generations";

    private final SimulatedRegion region = SimulatedRegion.start(RegionConfig.named("eastus2"));
    private final Caller caller = new Caller(region);

    @AfterEach
    void stop() {
        region.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {IMAGES, "/openai/deployments/gpt-image-1/images/generations?api-version=2025-04-01-preview"})
    void imagesComeInBase64(String path) throws Exception {
        HttpResponse<String> response =
                caller.post(path, "{\"model\":\"gpt-image-1\",\"prompt\":\"a grey pixel\",\"n\":2}");

        List<Object> data = Caller.json(response.body()).list("data");
        assertThat(data).hasSize(2);
        String base64 =
                JsonObject.of(data.get(1)).orElseThrow().text("b64_json").orElseThrow();
        assertThat(ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64)))
                        .getWidth())
                .isEqualTo(1);
    }

    @Test
    void imagesComeBehindAUrlOfTheRegionWhenAsked() throws Exception {
        HttpResponse<String> response =
                caller.post(IMAGES, "{\"model\":\"dall-e-3\",\"prompt\":\"a grey pixel\",\"response_format\":\"url\"}");

        JsonObject image =
                JsonObject.of(Caller.json(response.body()).list("data").get(0)).orElseThrow();
        URI url = URI.create(image.text("url").orElseThrow());
        assertThat(image.text("revised_prompt")).contains("a grey pixel");
        assertThat(ImageIO.read(url.toURL()).getHeight()).isEqualTo(1);
    }

    @Test
    void anImageIsEditedByAForm() throws Exception {
        String image = part("image\"; filename=\"a.png", "PNG");
        String asked = part("model", "gpt-image-1") + part("prompt", "greyer");

        assertThat(form("/openai/v1/images/edits", asked + image).body()).contains("b64_json");
        assertThat(form("/openai/v1/images/edits", asked).body()).contains("Missing required parameter: 'image'.");
        assertThat(caller.post(IMAGES, "{\"model\":\"dall-e-3\"}").body())
                .contains("Missing required parameter: 'prompt'.");
    }

    @Test
    void whatWasHeardComesInTheFormatAskedFor() throws Exception {
        String text = "eastus2 heard 32000 bytes";
        String sound = "x".repeat(32_000);

        assertThat(hear("transcriptions", "json", sound).body()).isEqualTo("{\"text\":\"" + text + "\"}");
        assertThat(hear("transcriptions", "text", sound).body()).isEqualTo(text + "\n");
        assertThat(hear("transcriptions", "srt", sound).body())
                .isEqualTo("1\n00:00:00,000 --> 00:00:02,000\n" + text + "\n\n");
        assertThat(hear("transcriptions", "vtt", sound).body())
                .isEqualTo("WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n" + text + "\n\n");
    }

    @ParameterizedTest
    @CsvSource({"transcriptions,transcribe", "translations,translate"})
    void theLongFormatTellsTaskDurationAndSegments(String operation, String task) throws Exception {
        JsonObject heard =
                Caller.json(hear(operation, "verbose_json", "x".repeat(24_000)).body());

        assertThat(heard.text("task")).contains(task);
        assertThat(heard.value("duration")).isEqualTo(1.5);
        assertThat(heard.list("segments")).hasSize(1);
    }

    @Test
    void anUnknownFormatIsTheCallersMistake() throws Exception {
        HttpResponse<String> response = hear("transcriptions", "mp3", "RIFF");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("response_format: mp3 (expected: json, text, verbose_json, srt or vtt)");
    }

    private HttpResponse<String> hear(String operation, String format, String sound) throws Exception {
        return form(
                "/openai/v1/audio/" + operation,
                part("model", "whisper") + part("response_format", format) + part("file\"; filename=\"a.wav", sound));
    }

    private HttpResponse<String> form(String path, String parts) throws Exception {
        return caller.send(caller.to(path)
                .header("content-type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofString(parts + "--b--\r\n")));
    }

    private static String part(String name, String content) {
        return "--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + content + "\r\n";
    }
}
