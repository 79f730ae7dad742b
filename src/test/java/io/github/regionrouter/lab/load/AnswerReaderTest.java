package io.github.regionrouter.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AnswerReaderTest {

    private static final String ROLE =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n";
    private static final String TOKEN = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word\"}}]}\n\n";
    private static final String USAGE = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":7,"
            + "\"prompt_tokens_details\":{\"cached_tokens\":5}}}\n\n";
    private static final String DONE = "data: [DONE]\n\n";

    private static final ServerText TEXT =
            new ServerText(Secrets.of(Plans.of("--url", "http://a", "--key", "sk-Key 1234")));

    private final AtomicLong clock = new AtomicLong();
    private final AnswerReader reader = new AnswerReader(clock::get);

    @Test
    void theFirstTokenIsTheFirstEventWithContent() {
        begin(200, true);
        at(10, ROLE);
        at(20, TOKEN.substring(0, 30));
        at(30, TOKEN.substring(30));
        at(40, TOKEN + USAGE + DONE);

        assertThat(reader.firstToken()).isEqualTo(30);
        assertThat(reader.ended()).isEqualTo(Status.SERVED);
        assertThat(reader.tokens()).isEqualTo(new Tokens(20, 7, 5, 0, 0));
    }

    @Test
    void withoutUsageEventsWithContentAreCounted() {
        begin(200, true);
        at(10, ROLE + TOKEN + TOKEN + TOKEN + DONE);

        assertThat(reader.tokens()).isEqualTo(new Tokens(0, 3, 0, 1, 0));
    }

    @Test
    void withoutUsageAnAnswerThatIsNoStreamHasNothingToCount() {
        begin(200, false);
        at(10, "{\"choices\":[{\"message\":{\"content\":\"word\"}}]}");

        assertThat(reader.tokens()).isEqualTo(new Tokens(0, 0, 0, 0, 1));
        assertThat(Headline.silence(reader.tokens()))
                .containsExactly("1 answer said nothing of tokens: none are counted.");
    }

    @Test
    void aStreamWithoutItsEndWasCutHoweverCleanly() {
        begin(200, true);
        at(10, ROLE + TOKEN);

        assertThat(reader.ended()).isEqualTo(Status.CUT_STREAM);
        assertThat(reader.broken()).isEqualTo(Status.CUT_STREAM);
    }

    @Test
    void anErrorInAStreamIsNoServedCall() {
        begin(200, true);
        at(
                10,
                ROLE
                        + "data: {\"error\":{\"message\":\"That model is currently overloaded\",\"type\":\"server_error\"}}\n\n");

        assertThat(reader.ended()).isEqualTo(Status.ERROR_IN_STREAM);
        assertThat(reader.detail()).isEqualTo("That model is currently overloaded");
    }

    @Test
    void aThrottleInAStreamIsA429() {
        begin(200, true);
        at(10, "data: {\"error\":{\"message\":\"slow down\",\"code\":\"429\"}}\n\n");

        assertThat(reader.ended().kind()).isEqualTo(Status.Kind.THROTTLED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"choices\":[],\"usage\":{\"prompt_tokens\":1}} | 200 | SERVED",
                "200 | {\"status\":\"ok\"} | 200 no completion | FAILED",
                "200 | <!doctype html> | 200 no completion | FAILED",
                "200 | '' | 200 no completion | FAILED",
                "200 | {\"choices\":[ | 200 no completion | FAILED",
                "429 | {\"error\":{\"message\":\"wait\"}} | 429 | THROTTLED",
                "302 | '' | 302 | FAILED",
                "500 | <html> | 500 | FAILED",
            })
    void anAnswerIsWhatItsStatusAndBodySay(int status, String body, String word, Status.Kind kind) {
        begin(status, false);
        at(1, body);

        assertThat(reader.ended()).isEqualTo(new Status(word, kind));
        assertThat(reader.firstToken()).isNull();
    }

    @Test
    void aBrokenConnectionIsAResetBeforeTheAnswerAndACutWithin() {
        assertThat(reader.broken()).isEqualTo(Status.RESET);
        begin(200, false);
        assertThat(reader.broken()).isEqualTo(Status.CUT_ANSWER);
    }

    @Test
    void theDetailIsTheMessageOfTheError() {
        begin(401, false);
        at(1, "{\"error\":{\"code\":\"401\",\"message\":\"Access  denied\\nhere\"}}");

        assertThat(reader.detail()).isEqualTo("Access  denied\nhere");
    }

    @ParameterizedTest
    @CsvSource({"eastus2,East US,eastus2", ",East US 2,eastus2", ",,"})
    void theRegionIsTheRoutersElseAzuresInItsCodeForm(String router, String azure, String region) {
        Map<String, String> headers = new HashMap<>();
        headers.put("x-router-region", router);
        headers.put("x-ms-region", azure);

        assertThat(AnswerHead.of(200, headers::get, TEXT).region()).isEqualTo(region);
    }

    @Test
    void headersTellNeitherKeysNorQueries() {
        Map<String, String> headers =
                Map.of("x-ms-region", "East sk-Key 1234", "backend-service-url", "https://me:pw@b/openai?code=abc#x");

        AnswerHead head = AnswerHead.of(200, headers::get, TEXT);

        assertThat(head.region()).isEqualTo("east***");
        assertThat(head.backend()).isEqualTo("https://b/openai");
    }

    @Test
    void aThrottleTellsItsWait() {
        assertThat(AnswerHead.of(429, Map.of("retry-after", "9", "retry-after-ms", "8500")::get, TEXT)
                        .retryAfter())
                .isEqualTo(Duration.ofMillis(8_500));
    }

    @Test
    void theRoutersStoryIsCounted() {
        assertThat(
                        RouterStory.of(
                                "eastus2;status=429;ms=12;decision=next_region, swedencentral;status=200;ms=310;decision=return"))
                .isEqualTo(new RouterStory(2, 1));
        assertThat(RouterStory.of(null)).isNull();
    }

    private void begin(int status, boolean events) {
        reader.begin(new AnswerHead(status, null, null, null, null, events));
    }

    private void at(long time, String bytes) {
        clock.set(time);
        reader.see(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.UTF_8)));
    }
}
