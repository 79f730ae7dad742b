package io.github.regionrouter.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R11, R13: whole events, byte for byte. */
class EventSplitterTest {

    private static final int LARGE = 1 << 20;

    @ParameterizedTest
    @CsvSource(textBlock = """
            # stream                          | events                         | rest
            'data: a\\n\\ndata: b\\n\\n'      | 'data: a\\n\\n|data: b\\n\\n'  | ''
            'data: a\\r\\n\\r\\ndata: b'      | 'data: a\\r\\n\\r\\n'          | 'data: b'
            'data: a\\r\\rdata: b\\r\\r'      | 'data: a\\r\\r|data: b\\r\\r'  | ''
            'data: a\\r\\r\\ndata: b\\n\\n'   | 'data: a\\r\\r|\\ndata: b\\n\\n' | ''
            'data: a\\n\\r\\ndata: b\\n\\n'   | 'data: a\\n\\r\\n|data: b\\n\\n' | ''
            'data: a\\n\\rdata: b\\n\\n'      | 'data: a\\n\\r|data: b\\n\\n'  | ''
            ': hi\\n\\n\\ndata: a\\n\\n'      | ': hi\\n\\n|\\n|data: a\\n\\n' | ''
            'event: e\\ndata: a\\n\\n'        | 'event: e\\ndata: a\\n\\n'     | ''
            'data: a\\n'                      | ''                             | 'data: a\\n'
            '\\r\\n\\r\\ndata: a'             | '\\r\\n|\\r\\n'                | 'data: a'
            ''                                | ''                             | ''
            """, delimiter = '|', quoteCharacter = '\'')
    void anEventEndsBehindItsEmptyLine(String stream, String events, String rest) {
        EventSplitter splitter = new EventSplitter(LARGE);
        List<StreamEvent> whole = splitter.feed(buffer(unescape(stream).getBytes(UTF_8)));

        assertThat(whole.stream().map(event -> new String(event.raw(), UTF_8)))
                .containsExactlyElementsOf(
                        events.isEmpty()
                                ? List.of()
                                : Arrays.asList(unescape(events).split("\\|", -1)));
        StreamEvent left = splitter.rest();
        assertThat(left == null ? "" : new String(left.raw(), UTF_8)).isEqualTo(unescape(rest));
    }

    @Test
    void anEventIsGivenBackWithItsLastByteAndNotLater() {
        for (String stream : List.of("data: a\n\n", "data: a\r\n\r\n", "data: a\r\r", "data: a\n\r\n")) {
            EventSplitter splitter = new EventSplitter(LARGE);
            byte[] bytes = stream.getBytes(UTF_8);
            for (int i = 0; i < bytes.length - 1; i++) {
                assertThat(splitter.feed(ByteBuffer.wrap(bytes, i, 1))).isEmpty();
            }
            assertThat(splitter.feed(ByteBuffer.wrap(bytes, bytes.length - 1, 1)))
                    .hasSize(1);
            assertThat(splitter.rest()).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: a\n\n", "\n", "event: x\ndata: a\r\n\r\n"})
    void aByteOrderMarkIsNoPartOfTheFirstLine(String first) {
        List<StreamEvent> events =
                new EventSplitter(LARGE).feed(buffer(("\uFEFF" + first + "data: b\n\n").getBytes(UTF_8)));

        assertThat(events).hasSize(2);
        assertThat(events.get(0).data()).isEqualTo(first.length() > 1 ? "a" : "");
        assertThat(events.get(1).data()).isEqualTo("b");
    }

    @Test
    void aByteOrderMarkFurtherOnIsAnOrdinaryCharacter() {
        List<StreamEvent> events =
                new EventSplitter(LARGE).feed(buffer("data: a\n\n\uFEFFdata: b\n\n\uFEFF\n\n".getBytes(UTF_8)));

        assertThat(events.stream().map(StreamEvent::data)).containsExactly("a", "", "");
    }

    @Test
    void directBuffersAreReadToTheirLimit() {
        byte[] bytes = "data: a\n\ndata: b\n\n".getBytes(UTF_8);
        ByteBuffer direct = ByteBuffer.allocateDirect(64).put(bytes).flip().limit(12);

        assertThat(new EventSplitter(LARGE).feed(direct)).hasSize(1);
        assertThat(direct.remaining()).isZero();
    }

    @Test
    void anEventOfTheBoundIsWholeAndALargerOneComesInPieces() {
        EventSplitter splitter = new EventSplitter(10);
        List<StreamEvent> events = splitter.feed(buffer("data: aa\n\ndata: aaa\n\ndata: b\n\n".getBytes(UTF_8)));

        assertThat(events.stream().map(event -> new String(event.raw(), UTF_8)))
                .containsExactly("data: aa\n\n", "data: aaa\n", "\n", "data: b\n\n");
        assertThat(events.stream().map(StreamEvent::isWhole)).containsExactly(true, false, false, true);
        assertThat(events.get(1).data()).isEmpty();
    }

    @Test
    void theBoundIsAtLeastOneByte() {
        assertThatThrownBy(() -> new EventSplitter(0)).hasMessage("maxEventBytes: 0 (expected: at least 1)");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void howAStreamIsCutIntoBuffersMakesNoDifference(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 400; round++) {
            byte[] stream = randomStream(random);
            int bound = random.nextInt(3) == 0 ? 1 + random.nextInt(30) : LARGE;
            Split atOnce = split(stream, bound, stream.length, random);
            Split byteByByte = split(stream, bound, 1, random);
            Split randomly = split(stream, bound, 0, random);

            assertThat(atOnce.all()).isEqualTo(stream);
            assertThat(byteByByte.told()).isEqualTo(atOnce.told());
            assertThat(randomly.told()).isEqualTo(atOnce.told());
            if (bound == LARGE) {
                assertThat(atOnce.fields()).isEqualTo(reference(stream));
            }
            for (StreamEvent event : atOnce.events) {
                assertThat(event.raw()).hasSizeBetween(1, bound);
            }
        }
    }

    @Test
    void aLineOfManyMegabytesInManyBuffersTakesLinearTime() {
        byte[] chunk = "x".repeat(512).getBytes(UTF_8);
        int chunks = 40 * 2048; // 40 MiB
        EventSplitter splitter = new EventSplitter(64 << 20);

        List<StreamEvent> last = assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            splitter.feed(buffer("data: ".getBytes(UTF_8)));
            for (int i = 0; i < chunks; i++) {
                assertThat(splitter.feed(ByteBuffer.wrap(chunk)).isEmpty()).isTrue();
            }
            return splitter.feed(buffer("\n\n".getBytes(UTF_8)));
        });
        assertThat(last).hasSize(1);
        assertThat(last.get(0).raw()).hasSize(chunks * 512 + 8);
    }

    private record Split(List<StreamEvent> events, StreamEvent rest) {
        byte[] all() {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            events.forEach(event -> all.writeBytes(event.raw()));
            if (rest != null) {
                all.writeBytes(rest.raw());
            }
            return all.toByteArray();
        }

        List<String> told() {
            List<String> told = new ArrayList<>();
            for (StreamEvent event : events) {
                told.add(new String(event.raw(), UTF_8) + event + event.data() + StreamFamily.RESPONSES.meaning(event));
            }
            if (rest != null) {
                told.add(new String(rest.raw(), UTF_8) + rest + rest.data() + StreamFamily.RESPONSES.meaning(rest));
            }
            return told;
        }

        /** Name and data of each event that has any, as a client would be told. */
        List<String> fields() {
            return events.stream()
                    .map(event -> event.name() + "=" + event.data())
                    .filter(told -> !told.equals("null="))
                    .toList();
        }
    }

    /** The standard's algorithm, on text. */
    private static List<String> reference(byte[] stream) {
        String text = new String(stream, UTF_8);
        List<String> told = new ArrayList<>();
        String name = "null";
        StringBuilder data = new StringBuilder();
        String[] lines = (text.startsWith("\uFEFF") ? text.substring(1) : text).split("\r\n|\n|\r", -1);
        // An event whose empty line ends in a CR that may yet be half of a CRLF is not given back, which is left out
        // here.
        int end = text.endsWith("\r") && !text.endsWith("\r\r") ? lines.length - 2 : lines.length - 1;
        for (String line : Arrays.copyOf(lines, Math.max(end, 0))) {
            if (line.isEmpty()) {
                String event = name + "=" + (data.isEmpty() ? "" : data.substring(0, data.length() - 1));
                if (!event.equals("null=")) {
                    told.add(event);
                }
                name = "null";
                data.setLength(0);
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            value = value.startsWith(" ") ? value.substring(1) : value;
            if (field.equals("event")) {
                name = value.isEmpty() ? "null" : value;
            } else if (field.equals("data")) {
                data.append(value).append('\n');
            }
        }
        return told;
    }

    private static byte[] randomStream(Random random) {
        String[] words = {
            "data: ",
            "data:",
            "data",
            "event: ",
            "event:response.completed",
            ": note",
            "id: 1",
            "{\"a\":1}",
            "x",
            "é",
            " ",
            ":",
            "\n",
            "\n",
            "\n\n",
            "\r\n",
            "\r\n",
            "\r\n\r\n",
            "\r",
            "\r\r",
            "\uFEFF",
            "[DONE]",
            "database: 1",
            "xdata: 1"
        };
        StringBuilder stream = new StringBuilder(random.nextInt(4) == 0 ? "\uFEFF" : "");
        for (int i = random.nextInt(40); i > 0; i--) {
            stream.append(words[random.nextInt(words.length)]);
        }
        return stream.toString().getBytes(UTF_8);
    }

    /** @param size of each buffer; 0 for random ones, also empty */
    private static Split split(byte[] stream, int bound, int size, Random random) {
        EventSplitter splitter = new EventSplitter(bound);
        List<StreamEvent> events = new ArrayList<>();
        int at = 0;
        while (at < stream.length) {
            int next = Math.min(stream.length - at, size == 0 ? random.nextInt(9) : size);
            events.addAll(splitter.feed(ByteBuffer.wrap(stream, at, next)));
            at += next;
        }
        return new Split(events, splitter.rest());
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes);
    }

    private static String unescape(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n");
    }
}
