package io.github.regionrouter.host;

import static io.github.regionrouter.testing.SettingsJson.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.lab.simulator.SimulatedRegion;
import io.github.regionrouter.testing.Caller;
import io.github.regionrouter.testing.HandClock;
import io.github.regionrouter.testing.RawCaller;
import io.github.regionrouter.testing.Reply;
import io.github.regionrouter.testing.SettingsJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/**
 * Good requests that chance has spoiled, from a seed that the name of the test tells. Whatever comes, the answer is a region's or an
 * error in words, and the next caller is served.
 */
abstract class FuzzContract extends RouterContract {

    private static final int REQUESTS = 25;

    private static final String[] TARGETS = {
        Caller.CHAT,
        Caller.V1_CHAT,
        "/openai/v1/responses",
        "/openai/responses/resp_1?api-version=2025-03-01",
        "/openai/v1/files/file-1/content",
        "/openai/v1/models",
        "/openai/v1/audio/transcriptions",
        "/models/chat/completions?api-version=2024-05-01-preview",
        "/anthropic/v1/messages",
        "/router/status"
    };

    private static final String[] BODIES = {
        Caller.V1_CHAT_BODY,
        Caller.STREAM_BODY,
        "{\"model\":\"gpt-4o\",\"input\":\"x\",\"previous_response_id\":\"resp_1\",\"tools\":[{\"type\":\"mcp\"}]}",
        "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\ngpt-4o\r\n--b\r\n"
                + "Content-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nx\r\n--b--\r\n"
    };

    private static final String[] HEADERS = {
        "x-router-region: eastus", "x-router-timeout-ms: 1000", "x-stainless-timeout: 60", "authorization: Bearer x",
        "content-encoding: gzip", "accept-encoding: gzip", "traceparent: 00-1-1-00", "x-ms-client-request-id: 1",
        "x-stainless-retry-count: 1", "x-ms-model-mesh-model-name: gpt-4o", "upgrade: websocket", "expect: nothing"
    };

    private final HandClock clock = new HandClock();
    private final SimulatedRegion east = region("eastus");
    private Caller caller;

    FuzzContract(HostUnderTest host) {
        super(host);
    }

    @BeforeEach
    void listen() throws Exception {
        caller = start(SettingsJson.model("gpt-4o", at(east)).retry("\"maxWaitSeconds\":0"), clock);
    }

    @RepeatedTest(20)
    void whateverComesIsAnsweredInWords(RepetitionInfo repetition) throws Exception {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < REQUESTS; i++) {
            String target = spoiled(random, TARGETS[random.nextInt(TARGETS.length)], true);
            byte[] body = spoiled(random, BODIES[random.nextInt(BODIES.length)], false)
                    .getBytes(StandardCharsets.ISO_8859_1);
            try (RawCaller raw = new RawCaller(caller.router())) {
                Reply reply =
                        raw.head(head(random, target, body.length)).bytes(body).read();

                assertThat(reply.status())
                        .as("%s %s %s", target, new String(body, StandardCharsets.ISO_8859_1), reply)
                        .isBetween(200, 505)
                        .isNotEqualTo(500);
                if (reply.status() >= 400) {
                    assertThat(reply.text()).as(target).contains("\"error\"").doesNotContain("Exception");
                }
            }
        }
        caller.chat().isOk();
    }

    private static String[] head(Random random, String target, int length) {
        boolean form = target.startsWith(
                "/openai/v1/audio/transcriptions"); // the worker answers anything else there by itself, without a word
        List<String> lines = new ArrayList<>(List.of(
                "POST " + target + " HTTP/1.1",
                "Host: router.test",
                "Content-Type: "
                        + (form || random.nextInt(4) == 0 ? "multipart/form-data; boundary=b" : "application/json"),
                "Content-Length: " + length));
        for (int i = random.nextInt(4); i > 0; i--) {
            String header = HEADERS[random.nextInt(HEADERS.length)];
            int value = header.indexOf(':') + 2;
            String spoiled = spoiled(random, header.substring(value), true);
            if (!header.startsWith("expect") || !spoiled.isBlank()) {
                lines.add(header.substring(0, value) + spoiled);
            }
        }
        return lines.toArray(String[]::new);
    }

    /** Up to four characters changed, doubled or left out; {@code visible} ones only. */
    private static String spoiled(Random random, String good, boolean visible) {
        StringBuilder text = new StringBuilder(good);
        for (int i = random.nextInt(5); i > 0 && text.length() > 2; i--) {
            int at = 1 + random.nextInt(text.length() - 1);
            char other = (char) (visible ? '!' + random.nextInt('~' - '!') : random.nextInt(256));
            switch (random.nextInt(3)) {
                case 0 -> text.setCharAt(at, other);
                case 1 -> text.insert(at, other);
                default -> text.deleteCharAt(at);
            }
        }
        return text.toString();
    }
}
