package io.github.regionrouter.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerTextTest {

    private static final String KEY = "sk+1/2\"3&4 5";

    private final ServerText text = text("--key", KEY);

    @Test
    void linesAndSpacesBecomeOneSpace() {
        assertThat(text.line(" Access  denied\r\n\there ")).isEqualTo("Access denied here");
    }

    @Test
    void nothingThatATerminalObeysIsLeft() {
        String controls = IntStream.concat(IntStream.range(0, 0x20), IntStream.rangeClosed(0x7f, 0x9f))
                .mapToObj(Character::toString)
                .collect(Collectors.joining());

        assertThat(text.line("a" + controls + "b").codePoints()).noneMatch(Character::isISOControl);
        assertThat(text.line("a\u001b]0;owned\u0007b\u009b31m")).isEqualTo("a\ufffd]0;owned\ufffdb\ufffd31m");
        assertThat(Words.plain(text.line("a\u001b[2Jb"))).isEqualTo("a?[2Jb");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069, 0x200f, 0x2028, 0xd800})
    void whatTurnsOrBreaksALineIsReplaced(int point) {
        assertThat(text.line("a" + Character.toString(point) + "b")).isEqualTo("a\ufffdb");
    }

    @Test
    void lettersOfAllScriptsStay() {
        assertThat(text.line("déjà 日本 שלום 😀")).isEqualTo("déjà 日本 שלום 😀");
    }

    @Test
    void aLongTextIsCutBetweenCharactersAndCanBeWritten() {
        String line = text.line("😀".repeat(300));

        assertThat(line.codePointCount(0, line.length())).isEqualTo(201);
        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(line)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk+1/2\"3&4 5",
                "SK+1/2\"3&4 5",
                "sk+1\\/2\\\"3&4 5",
                "sk\\u002B1/2\\u00223\\u00264 5",
                "sk%2B1%2f2%223%264+5",
                "sk+1/2&quot;3&amp;4 5",
                "sk&#43;1/2&#34;3&#x26;4 5"
            })
    void aKeyIsMaskedHoweverAServerWritesIt(String written) {
        assertThat(text.line("Bad key " + written + ".")).isEqualTo("Bad key ***.");
    }

    @Test
    void aSecretIsMaskedBeforeTheTextIsCut() {
        assertThat(text.line("x".repeat(195) + KEY)).isEqualTo("x".repeat(195) + "***");
    }

    @Test
    void headersQueriesAndShortSecretsAreMasked() {
        ServerText several = text(
                "--key",
                "abc",
                "--header",
                "authorization: Bearer word-7890",
                "--header",
                "x-pin: 12",
                "--header",
                "x-pass: a1b2");
        ServerText query = new ServerText(Secrets.of(
                Plans.of("--url", "http://b/chat/completions?code=a%2Fb%3D%3D&api-version=2024-10-21&flag")));

        assertThat(several.line("token word-7890, pin 12 of 120, a1b2c, abc abcd"))
                .isEqualTo("token ***, pin *** of 120, ***c, *** abcd");
        assertThat(query.line("code=a%2Fb%3D%3D a/b== flag 2024-10-21")).isEqualTo("code=*** *** *** 2024-10-21");
    }

    @ParameterizedTest
    @CsvSource({"x-router-region:eastus2", "X-Router-Region: eastus2"})
    void theRegionThatIsAskedForIsNoSecret(String header) {
        assertThat(text("--header", header).line("eastus2 is not known")).isEqualTo("eastus2 is not known");
    }

    @Test
    void withoutSecretsNothingIsMasked() {
        assertThat(text().line("all of it")).isEqualTo("all of it");
    }

    private static ServerText text(String... options) {
        List<String> all = new ArrayList<>(List.of("--url", "http://a"));
        all.addAll(List.of(options));
        return new ServerText(Secrets.of(Plans.of(all.toArray(String[]::new))));
    }
}
