package io.github.regionrouter.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** R13: only the value of the top-level {@code model} changes, every other byte stays. */
class ModelRewriteTest {

    private static final RequestTarget TARGET = RequestTarget.of("/openai/v1/chat/completions", "");

    @Test
    void exactlyTheModelsValueChangesInWhateverBody() {
        for (long seed = 1; seed <= 5_000; seed++) {
            Document document = new Document(new Random(seed));
            OpenAiCall call = OpenAiCall.read(
                    "POST", TARGET, name -> null, document.text().getBytes(UTF_8));

            assertThat(call.model()).as("model, seed " + seed).isEqualTo(document.model);
            for (String deployment : new String[] {"d-1", "gpt-4o-mini_2.eu", "a".repeat(64)}) {
                assertThat(new String(call.bodyFor(deployment), UTF_8))
                        .as("body for " + deployment + ", seed " + seed)
                        .isEqualTo(document.before + '"' + deployment + '"' + document.after);
            }
        }
    }

    @Test
    void theCallersBodyItselfIsNotTouched() {
        byte[] body = "{\"model\":\"gpt-4o\"}".getBytes(UTF_8);
        OpenAiCall call = OpenAiCall.read("POST", TARGET, name -> null, body);

        call.bodyFor("other");

        assertThat(body).isEqualTo("{\"model\":\"gpt-4o\"}".getBytes(UTF_8));
        assertThat(new String(call.bodyFor("third"), UTF_8)).isEqualTo("{\"model\":\"third\"}");
    }

    /** A random JSON object with a model somewhere at its top, and decoys elsewhere. */
    private static final class Document {

        private static final String[] NAMES = {
            "messages", "n", "tools", "stream", "store", "modell", "mode", "äöü", "😀"
        };
        private static final String LETTERS = "abcxyz09-._ äé€\"\\/\n\u2028";
        private static final String[] PIECES = {
            "a", "Z", "\\\"", "\\\\", "\\n", "\\u00e4", "ä", "€", "😀", "\\ud83d\\ude00", "/", "\\/", "{", "]", ":", ","
        };

        private final Random random;
        final String model;
        final String before;
        final String after;
        private final String modelAsWritten;

        Document(Random random) {
            this.random = random;
            StringBuilder plain = new StringBuilder();
            StringBuilder written = new StringBuilder("\"");
            int length = 1 + random.nextInt(20);
            for (int i = 0; i < length; i++) {
                char c = LETTERS.charAt(random.nextInt(LETTERS.length()));
                plain.append(c);
                written.append(escaped(c));
            }
            written.append('"');
            model = plain.toString();

            List<String> members = new ArrayList<>();
            int others = random.nextInt(6);
            for (int i = 0; i < others; i++) {
                members.add(space() + '"' + NAMES[random.nextInt(NAMES.length)] + '"' + space() + ":" + space()
                        + value(0) + space());
            }
            String mark = "\u0001";
            members.add(space() + (random.nextInt(4) == 0 ? "\"mod\\u0065l\"" : "\"model\"") + space() + ":" + space()
                    + mark + space());
            Collections.shuffle(members, random);
            String whole = space() + "{" + String.join(",", members) + "}" + space();
            before = whole.substring(0, whole.indexOf(mark));
            after = whole.substring(whole.indexOf(mark) + 1);
            modelAsWritten = written.toString();
        }

        String text() {
            return before + modelAsWritten + after;
        }

        private String escaped(char c) {
            if (c < ' ' || random.nextInt(5) == 0) {
                return String.format("\\u%04x", (int) c);
            }
            return c == '"' || c == '\\' ? "\\" + c : String.valueOf(c);
        }

        private String value(int depth) {
            return switch (random.nextInt(depth > 3 ? 5 : 8)) {
                case 0 -> "true";
                case 1 -> "null";
                case 2 -> "-1.5e+7";
                case 3, 4 -> string();
                case 5 -> "{" + space() + "\"model\"" + space() + ":" + value(depth + 1) + "}";
                case 6 -> "{\"type\":" + string() + ",\"model\":" + value(depth + 1) + space() + "}";
                default -> "[" + space() + value(depth + 1) + space() + "," + value(depth + 1) + "]";
            };
        }

        private String string() {
            StringBuilder string = new StringBuilder("\"");
            int length = random.nextInt(10);
            for (int i = 0; i < length; i++) {
                string.append(PIECES[random.nextInt(PIECES.length)]);
            }
            return string.append('"').toString();
        }

        private String space() {
            return new String[] {"", "", " ", "\n", "\r\n\t", "    "}[random.nextInt(6)];
        }
    }
}
