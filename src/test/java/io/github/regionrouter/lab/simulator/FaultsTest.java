package io.github.regionrouter.lab.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {

    private static final Duration SOON = Duration.ofSeconds(5);

    private final SimulatedRegion region = SimulatedRegion.start(RegionConfig.named("westus"));
    private final Caller caller = new Caller(region);

    @AfterEach
    void stop() {
        region.close();
    }

    @Test
    void aFaultLastsForItsNumberOfRequests() throws Exception {
        region.faults().add(Fault.status(503).times(2));

        assertThat(caller.chat().statusCode()).isEqualTo(503);
        assertThat(caller.chat().body()).contains("temporarily unable to process");
        assertThat(caller.chat().statusCode()).isEqualTo(200);
        assertThat(region.faults().size()).isZero();
    }

    @Test
    void aFaultWithoutNumberLastsUntilItIsCleared() throws Exception {
        region.faults().add(Fault.status(500));

        assertThat(caller.chat().statusCode()).isEqualTo(500);
        assertThat(caller.chat().statusCode()).isEqualTo(500);
        region.faults().clear();
        assertThat(caller.chat().statusCode()).isEqualTo(200);
    }

    @Test
    void aFaultLastsForItsTimeByTheClock() throws Exception {
        DrivenClock clock = new DrivenClock();
        clock.stopped(true);
        try (SimulatedRegion timed =
                SimulatedRegion.start(RegionConfig.named("westus").clock(clock))) {
            Caller calling = new Caller(timed);
            timed.faults().add(Fault.status(503).during(Duration.ofSeconds(10), Duration.ofSeconds(30)));

            assertThat(calling.chat().statusCode()).isEqualTo(200);
            clock.advance(Duration.ofSeconds(10));
            assertThat(calling.chat().statusCode()).isEqualTo(503);
            clock.advance(Duration.ofMillis(29_999));
            assertThat(calling.chat().statusCode()).isEqualTo(503);
            clock.advance(Duration.ofMillis(1));
            assertThat(calling.chat().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void faultsOfOneKindComeInTheirOrder() throws Exception {
        region.faults().add(Fault.throttle(Duration.ofMillis(1_500)).times(1));
        region.faults().add(Fault.status(408).times(1));

        assertThat(caller.chat().statusCode()).isEqualTo(429);
        assertThat(caller.chat().statusCode()).isEqualTo(408);
    }

    @Test
    void aFaultOfAPathLeavesOthersAlone() throws Exception {
        region.faults().add(Fault.status(500).onPath("/embeddings").times(1));

        assertThat(caller.chat().statusCode()).isEqualTo(200);
        assertThat(caller.post("/openai/v1/embeddings", "{}").statusCode()).isEqualTo(500);
    }

    @Test
    void aThrottleTellsItsWait() throws Exception {
        region.faults().add(Fault.throttle(Duration.ofMillis(1_500)).times(1));
        region.faults().add(Fault.throttle(Map.of("x-ratelimit-reset-requests", "7")));

        HttpResponse<String> first = caller.chat();
        HttpResponse<String> second = caller.chat();

        assertThat(first.headers().firstValue("retry-after")).contains("2");
        assertThat(first.headers().firstValue("retry-after-ms")).contains("1500");
        assertThat(first.headers().firstValue("x-ms-region")).contains("West US");
        assertThat(first.body()).contains("\"code\":\"429\"", "Try again in 2 seconds.");
        assertThat(second.headers().firstValue("x-ratelimit-reset-requests")).contains("7");
        assertThat(second.headers().firstValue("retry-after")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retry-after|30|Try again in 30 seconds.",
                "Retry-After|1.5|Try again in 2 seconds.",
                "retry-after-ms|300|Try again in 1 seconds.",
                "x-ratelimit-reset-tokens|7|Try again in 7 seconds.",
                "x-ratelimit-reset-requests|7|Try again in 7 seconds.",
                "retry-after|Wed, 21 Oct 2026 07:28:00 GMT|Rate limit is exceeded.\"",
                "x-other|5|Try again in 2 seconds.",
            })
    void whatAThrottleSaysIsWhatItsHeadersSay(String name, String value, String sentence) throws Exception {
        region.faults().add(Fault.throttle(Map.of(name, value)).times(1));
        region.faults()
                .add(FaultReader.read(("[{\"kind\":\"status\",\"status\":429,\"headers\":{\"" + name + "\":\"" + value
                                        + "\"}}]")
                                .getBytes(StandardCharsets.UTF_8))
                        .get(0));

        assertThat(caller.chat().body()).contains(sentence);
        assertThat(caller.chat().body()).contains(sentence);
    }

    @Test
    void aStatusMayHaveAnyHeaderAndBody() throws Exception {
        region.faults().add(Fault.status(418, Map.of("Content-Type", "text/plain", "X-Ms-Region", "Moon"), "tea"));

        HttpResponse<String> response = caller.chat();

        assertThat(response.statusCode()).isEqualTo(418);
        assertThat(response.body()).isEqualTo("tea");
        assertThat(response.headers().allValues("content-type")).containsExactly("text/plain");
        assertThat(response.headers().allValues("x-ms-region")).containsExactly("Moon");
    }

    @ParameterizedTest
    @CsvSource({
        "400, content_filter",
        "401, invalid subscription key",
        "403, Virtual Network/Firewall",
        "404, Resource not found",
        "408, The operation was timeout.",
        "429, Rate limit is exceeded.",
        "500, server_error",
        "503, temporarily unable",
        "502, Simulated answer with status 502"
    })
    void aStatusHasTheBodyOfAzure(int status, String expected) throws Exception {
        region.faults().add(Fault.status(status));

        HttpResponse<String> response = caller.chat();

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains(expected);
        assertThat(Caller.json(response.body()).has("error")).isTrue();
    }

    @Test
    void theContentFilterNamesItsReasons() throws Exception {
        region.faults().add(Fault.contentFilter());

        JsonObject error = Caller.json(caller.chat().body()).object("error");

        assertThat(error.object("innererror").text("code")).contains("ResponsibleAIPolicyViolation");
        assertThat(error.value("status")).isEqualTo(400);
    }

    @Test
    void anErrorPageIsHtml() throws Exception {
        region.faults().add(Fault.htmlError(502));

        HttpResponse<String> response = caller.chat();

        assertThat(response.headers().firstValue("content-type")).contains("text/html");
        assertThat(response.body()).startsWith("<html>");
    }

    @Test
    void aResetAfterTheRequestComesBeforeAnyByteOfTheAnswer() throws Exception {
        region.faults().add(Fault.resetAfterRequest().times(1));

        assertReset(Caller.CHAT_BODY);

        ReceivedRequest request = region.log().get(0);
        assertThat(request.ending().get(5, TimeUnit.SECONDS)).isEqualTo(Ending.BROKEN);
        assertThat(request.bodyText()).isEqualTo(Caller.CHAT_BODY);
        assertThat(request.status()).isZero();
        assertThat(caller.chat().statusCode()).isEqualTo(200);
    }

    @Test
    void aResetAtOnceDoesNotWaitForTheBody() throws Exception {
        region.faults().add(Fault.resetAtOnce());

        assertReset("");

        assertThat(region.log().get(0).body()).isEmpty();
    }

    @Test
    void silenceLastsUntilTheCallerCloses() throws Exception {
        region.faults().add(Fault.silence());
        try (Socket socket = sent(Caller.CHAT_BODY)) {
            ReceivedRequest request = region.awaitLog(1, SOON).get(0);
            assertThat(request.ending()).isNotDone();

            socket.close();

            assertCancelledSoon(request);
            assertThat(request.status()).isZero();
        }
    }

    @Test
    void aCallerWhoResetsTheConnectionIsNoticedToo() throws Exception {
        region.faults().add(Fault.silence());
        try (Socket socket = sent(Caller.CHAT_BODY)) {
            ReceivedRequest request = region.awaitLog(1, SOON).get(0);

            socket.setSoLinger(true, 0);
            socket.close();

            assertCancelledSoon(request);
        }
    }

    @Test
    void aCallerWhoClosesInTheMiddleOfItsBodyIsNoticed() throws Exception {
        try (Socket socket = connected()) {
            write(socket, "POST " + Caller.CHAT + " HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{\"mess");
            ReceivedRequest request = region.awaitLog(1, SOON).get(0);

            socket.close();

            assertCancelledSoon(request);
        }
    }

    @Test
    void aSlowFirstByteDelaysTheHead() throws Exception {
        region.faults().add(Fault.slowFirstByte(Duration.ofMillis(150)).times(1));
        long start = System.nanoTime();

        HttpResponse<InputStream> response = caller.open(Caller.CHAT, Caller.CHAT_STREAM);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(150));
        response.body().close();
    }

    @Test
    void aSlowFirstTokenComesAfterTheOpeningEvents() throws Exception {
        region.faults().add(Fault.slowFirstToken(Duration.ofSeconds(60)));

        HttpResponse<InputStream> response = caller.open(Caller.CHAT, Caller.CHAT_STREAM);
        BufferedReader lines = lines(response);

        assertThat(lines.readLine()).contains("prompt_filter_results");
        assertThat(lines.readLine()).isEmpty();
        assertThat(lines.readLine()).contains("assistant");
        ReceivedRequest request = region.log().get(0);
        assertThat(request.ending()).isNotDone();
        lines.close();
        assertCancelledSoon(request);
    }

    @Test
    void aPacedStreamIsSentTokenByTokenAndStopsWhenTheCallerLeaves() throws Exception {
        try (SimulatedRegion slow =
                SimulatedRegion.start(RegionConfig.named("slow").tokenDelay(Duration.ofSeconds(60)))) {
            BufferedReader lines = lines(new Caller(slow).open(Caller.CHAT, Caller.CHAT_STREAM));
            for (int i = 0; i < 4; i++) {
                lines.readLine();
            }

            assertThat(lines.readLine()).contains("\"content\":\"slow\"");
            ReceivedRequest request = slow.log().get(0);
            assertThat(request.ending()).isNotDone();
            lines.close();
            assertCancelledSoon(request);
            assertThat(request.status()).isEqualTo(200);
        }
    }

    @Test
    void aJsonAnswerTakesTheTimeOfItsTokens() throws Exception {
        try (SimulatedRegion slow = SimulatedRegion.start(RegionConfig.named("slow")
                .firstTokenDelay(Duration.ofMillis(50))
                .tokenDelay(Duration.ofMillis(10)))) {
            long start = System.nanoTime();

            new Caller(slow).chat();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        }
    }

    @Test
    void aCutStreamEndsWithoutItsLastChunk() throws Exception {
        region.faults().add(Fault.cutStream(3));

        try (Socket socket =
                sent(Caller.CHAT_STREAM)) { // the JDK's client drops what it has not read when a body breaks
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(Caller.data(answer)).hasSize(3);
            assertThat(answer).doesNotEndWith("0\r\n\r\n");
            assertThat(region.log().get(0).ending().get(5, TimeUnit.SECONDS)).isEqualTo(Ending.BROKEN);
        }
    }

    @Test
    void aResetStreamResetsItsConnection() throws Exception {
        region.faults().add(Fault.resetStream(2));
        try (Socket socket = sent(Caller.CHAT_STREAM)) {
            InputStream in = socket.getInputStream();

            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
            assertThat(region.log().get(0).ending().get(5, TimeUnit.SECONDS)).isEqualTo(Ending.BROKEN);
            assertThat(region.log().get(0).status()).isEqualTo(200);
        }
    }

    @Test
    void aStreamMayEndCleanlyWithoutDone() throws Exception {
        region.faults().add(Fault.endStream(3));

        String body = caller.post(Caller.CHAT, Caller.CHAT_STREAM).body();

        assertThat(Caller.data(body)).hasSize(3).doesNotContain("[DONE]");
    }

    @ParameterizedTest
    @CsvSource({"0", "2"})
    void aStalledStreamStaysOpen(int events) throws Exception {
        region.faults().add(Fault.stallStream(events));

        HttpResponse<InputStream> response = caller.open(Caller.CHAT, Caller.CHAT_STREAM);
        BufferedReader lines = lines(response);
        for (int i = 0; i < events; i++) {
            assertThat(lines.readLine()).startsWith("data: ");
            assertThat(lines.readLine()).isEmpty();
        }

        ReceivedRequest request = region.log().get(0);
        assertThat(request.status()).isEqualTo(200);
        assertThat(request.ending()).isNotDone();
        lines.close();
        assertCancelledSoon(request);
    }

    @Test
    void anErrorMayBeTheFirstEventOfA200() throws Exception {
        region.faults().add(Fault.errorEvent());

        HttpResponse<String> response = caller.post(Caller.CHAT, Caller.CHAT_STREAM);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Caller.data(response.body())).hasSize(1);
        assertThat(response.body())
                .startsWith("data: {\"error\":{\"message\":\"That model is currently overloaded with other requests.")
                .contains("\"type\":\"server_error\",\"param\":null,\"code\":null}}");
    }

    @Test
    void anErrorMayComeLaterAndBeAnyJson() throws Exception {
        region.faults().add(Fault.namedErrorEvent(2, "error", "{\"type\":\"error\"}"));

        String body = caller.post(Caller.CHAT, Caller.CHAT_STREAM).body();

        assertThat(Caller.data(body)).hasSize(3);
        assertThat(body).endsWith("event: error\ndata: {\"type\":\"error\"}\n\n");
    }

    @Test
    void faultsOfAStreamWaitForAStream() throws Exception {
        region.faults().add(Fault.endStream(1).times(1));

        assertThat(caller.chat().statusCode()).isEqualTo(200);
        assertThat(Caller.data(caller.post(Caller.CHAT, Caller.CHAT_STREAM).body()))
                .hasSize(1);
    }

    @Test
    void aCutBodyIsShorterThanItsLength() throws Exception {
        region.faults().add(Fault.cutBody().times(1));
        try (Socket socket = sent(Caller.CHAT_BODY)) {
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            int head = answer.indexOf("\r\n\r\n");
            int announced = Integer.parseInt(answer.replaceAll("(?s).*content-length: (\\d+)\r\n.*", "$1"));
            assertThat(answer).startsWith("HTTP/1.1 200 OK\r\n").doesNotContain("transfer-encoding");
            assertThat(answer.length() - head - 4).isEqualTo(announced / 2).isPositive();
            assertThat(region.log().get(0).ending().get(5, TimeUnit.SECONDS)).isEqualTo(Ending.BROKEN);
        }
    }

    @Test
    void closingARegionBreaksItsAnswersOff() throws Exception {
        region.faults().add(Fault.silence());
        CompletableFuture<HttpResponse<String>> call = caller.begin(Caller.CHAT, Caller.CHAT_BODY);
        List<ReceivedRequest> log = region.awaitLog(1, SOON);

        region.close();

        assertThatThrownBy(() -> call.get(5, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
        assertThat(log.get(0).ending().get(5, TimeUnit.SECONDS)).isEqualTo(Ending.BROKEN);
    }

    private static void assertCancelledSoon(ReceivedRequest request) throws Exception {
        assertThat(request.ending().get(900, TimeUnit.MILLISECONDS)).isEqualTo(Ending.CANCELLED);
        assertThat(request.cancelled()).isTrue();
        assertThat(request.completed()).isFalse();
    }

    private void assertReset(String body) throws Exception {
        try (Socket socket = connected()) {
            write(socket, head(Caller.CHAT_BODY.length()) + body);
            InputStream in = socket.getInputStream();

            assertThatThrownBy(in::read).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        }
    }

    private Socket sent(String body) throws IOException {
        Socket socket = connected();
        write(socket, head(body.length()) + body);
        return socket;
    }

    private Socket connected() throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), region.endpoint().getPort());
        socket.setSoTimeout(5_000);
        return socket;
    }

    private static String head(int length) {
        return "POST " + Caller.CHAT + " HTTP/1.1\r\nhost: x\r\ncontent-length: " + length + "\r\n\r\n";
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static BufferedReader lines(HttpResponse<InputStream> response) {
        return new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }
}
