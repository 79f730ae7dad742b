package io.github.regionrouter;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import io.github.regionrouter.settings.RouterSettings;
import io.github.regionrouter.settings.RouterSettings.Caller;
import io.github.regionrouter.settings.SettingsReader;
import io.github.regionrouter.testing.HandClock;
import io.github.regionrouter.testing.MemoryResponse;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import reactor.core.publisher.Mono;

/**
 * R1: no call ever leaves its fence, whatever the table, the health of the regions, pins, forced regions and refreshes. Random,
 * from a seed that the name of the test tells.
 */
final class FenceTest {

    private static final String[] ZONES = {"eu", "us", "asia"};
    private static final int CALLS = 60;

    private final HandClock clock = new HandClock();
    private final Map<String, String> zoneOfHost = new HashMap<>();
    private final List<String> contacted = new ArrayList<>();
    private Random random;

    @RepeatedTest(200)
    void noCallLeavesItsFence(RepetitionInfo repetition) throws Exception {
        random = new Random(repetition.getCurrentRepetition());
        String models = models();
        RouterSettings settings = read(models);
        Router router = new Router(
                settings, new RandomRegions(), context -> Mono.empty(), clock, clock, clock, () -> random.nextDouble());
        for (int i = 0; i < CALLS; i++) {
            Caller caller =
                    settings.callers().get(random.nextInt(settings.callers().size()));
            String model = "m" + random.nextInt(3);
            contacted.clear();

            call(router, caller, model);

            String fence = fence(settings, caller, model);
            if (fence != null) {
                assertThat(contacted)
                        .as("regions called for a call inside %s, seed %s", fence, repetition.getCurrentRepetition())
                        .allSatisfy(host -> assertThat(zoneOfHost.get(host)).isEqualTo(fence));
            }
            clock.advance(Duration.ofSeconds(random.nextInt(20)));
            if (random.nextInt(10) == 0) {
                router.use(settings);
            }
        }
    }

    private void call(Router router, Caller caller, String model) {
        Map<String, List<String>> headers = new HashMap<>(Map.of("content-type", List.of("application/json")));
        if (random.nextInt(4) == 0) {
            headers.put("x-router-region", List.of("r" + random.nextInt(6)));
        }
        String pin = random.nextInt(3) == 0 ? ",\"previous_response_id\":\"resp_" + random.nextInt(20) + "\"" : "";
        RouterRequest request = new RouterRequest(
                "POST",
                random.nextBoolean() ? "/openai/v1/responses" : "/openai/v1/chat/completions",
                "",
                headers,
                ("{\"model\":\"" + model + "\"" + pin + ",\"input\":\"x\"}").getBytes(StandardCharsets.UTF_8),
                random.nextBoolean(),
                line -> {});
        CompletableFuture<RouterResponse> answer = router.route(request, caller).toFuture();
        for (int step = 0; step < 2_000 && !answer.isDone(); step++) {
            clock.advance(Duration.ofMillis(500));
        }
        answer.join().body().blockLast();
    }

    private static @Nullable String fence(RouterSettings settings, Caller caller, String model) {
        var known = settings.table().models().get(model);
        return caller.zone() != null
                ? caller.zone()
                : known != null && known.stayInZone() ? known.regions().get(0).zone() : null;
    }

    private RouterSettings read(String models) throws Exception {
        String callers = "{\"name\":\"open\",\"keys\":[{\"value\":\"k0\"}],\"forceRegion\":true},"
                + "{\"name\":\"eu\",\"keys\":[{\"value\":\"k1\"}],\"zone\":\"eu\",\"forceRegion\":true},"
                + "{\"name\":\"us\",\"keys\":[{\"value\":\"k2\"}],\"zone\":\"us\"}";
        return new SettingsReader(name -> null).read("{\"models\":{" + models + "},\"callers\":[" + callers + "]}");
    }

    private String models() {
        List<String> models = new ArrayList<>();
        for (int m = 0; m < 3; m++) {
            boolean fenced = random.nextBoolean();
            List<String> regions = new ArrayList<>();
            int count = 1 + random.nextInt(5);
            for (int r = 0; r < count; r++) {
                String zone = !fenced && random.nextInt(4) == 0 ? null : ZONES[random.nextInt(ZONES.length)];
                String host = "m" + m + "r" + r + ".test";
                zoneOfHost.put(host, String.valueOf(zone));
                regions.add(
                        "{\"name\":\"r" + r + "\",\"endpoint\":\"https://" + host + "\",\"apiKey\":{\"value\":\"k\"},"
                                + "\"priority\":" + (1 + random.nextInt(3))
                                + (zone == null ? "" : ",\"zone\":\"" + zone + "\"") + "}");
            }
            models.add(
                    "\"m" + m + "\":{\"stayInZone\":" + fenced + ",\"regions\":[" + String.join(",", regions) + "]}");
        }
        return String.join(",", models);
    }

    /** Regions that answer, throttle, fail and refuse as chance will have it, and make state. */
    private final class RandomRegions implements HttpClient {

        @Override
        public Mono<HttpResponse> send(HttpRequest request) {
            return Mono.defer(() -> {
                contacted.add(request.getUrl().getHost());
                HttpHeaders headers = new HttpHeaders().set(HttpHeaderName.CONTENT_TYPE, "application/json");
                return switch (random.nextInt(9)) {
                    case 0, 1, 2 ->
                        Mono.just(new MemoryResponse(
                                request, 200, headers, "{\"id\":\"resp_" + random.nextInt(20) + "\"}"));
                    case 3, 4 ->
                        Mono.just(new MemoryResponse(
                                request, 429, headers.set(HttpHeaderName.RETRY_AFTER, "" + random.nextInt(40)), "{}"));
                    case 5 -> Mono.just(new MemoryResponse(request, 503, headers, "{}"));
                    case 6 -> Mono.just(new MemoryResponse(request, 401, headers, "{}"));
                    case 7 ->
                        Mono.just(new MemoryResponse(
                                request,
                                404,
                                headers,
                                "{\"error\":{\"code\":\"DeploymentNotFound\",\"message\":\"x\"}}"));
                    default -> Mono.error(new ConnectException("refused"));
                };
            });
        }
    }
}
