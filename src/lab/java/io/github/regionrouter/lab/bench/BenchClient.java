package io.github.regionrouter.lab.bench;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;

/**
 * The client of the measures that wrk does not take: one process for a whole run, so that it is as warm for the first gateway as
 * for the last. Reads commands from standard input, words parted by tabs, and answers each with a line:
 *
 * <pre>
 * steady URL BODY_FILE RATE SECONDS HEADER…   fields of {@link SteadyLoad#run}
 * open URL BODY_FILE COUNT HEADER…            opens idle streams; how many are open
 * close                                       closes them
 * </pre>
 */
public final class BenchClient {

    private final LoopResources loops = LoopResources.create("client", 1, true);
    private final HttpClient client = HttpClient.create(ConnectionProvider.builder("client")
                    .maxConnections(4_000)
                    .pendingAcquireMaxCount(-1)
                    .build())
            .disableRetry(true)
            .runOn(loops);
    private IdleStreams idle = new IdleStreams();

    private BenchClient() {}

    public static void main(String... none) throws Exception {
        BenchClient client = new BenchClient();
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            System.out.println(client.obey(List.of(line.split("\t"))));
        }
    }

    private String obey(List<String> words) throws IOException, InterruptedException {
        return switch (words.get(0)) {
            case "steady" ->
                new SteadyLoad(client, loop(), target(words, 5), number(words.get(3)), number(words.get(4))).run();
            case "open" -> String.valueOf(idle.open(client, target(words, 4), number(words.get(3))));
            case "close" -> {
                idle.close();
                idle = new IdleStreams();
                yield "closed";
            }
            default -> throw new IllegalArgumentException(words.get(0) + " (expected: steady, open, close)");
        };
    }

    private EventLoop loop() {
        EventLoopGroup group = loops.onClient(true);
        return (EventLoop) group.next();
    }

    private static Target target(List<String> words, int headersFrom) throws IOException {
        return Target.of(words.get(1), words.get(2), words.subList(headersFrom, words.size()));
    }

    private static int number(String word) {
        return Integer.parseInt(word);
    }
}
