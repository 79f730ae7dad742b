package io.github.regionrouter.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/errors.md} lists every code that the router itself can answer, and no other. */
final class ErrorsDocumentTest {

    private static final Pattern ROW = Pattern.compile("\\| ([0-9, ]+) \\| `([^`]+)` \\| .+ \\| .+ \\|");

    @Test
    void listsJustTheCodesThereAre() throws Exception {
        assertThat(documented()).isEqualTo(possible());
    }

    private static Set<String> documented() throws Exception {
        Set<String> codes = new TreeSet<>();
        for (String line : Files.readAllLines(Path.of("docs/errors.md"))) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                for (String status : row.group(1).split(", ")) {
                    codes.add(status + " " + row.group(2));
                }
            }
        }
        return codes;
    }

    /** Every factory of {@link OpenAiError}, called with something. */
    private static Set<String> possible() throws Exception {
        Set<String> codes = new TreeSet<>();
        for (Method factory : OpenAiError.class.getDeclaredMethods()) {
            if (!Modifier.isPublic(factory.getModifiers())
                    || !Modifier.isStatic(factory.getModifiers())
                    || factory.getReturnType() != OpenAiError.class) {
                continue;
            }
            for (int number : new int[] {502, 503}) {
                Object[] arguments = Arrays.stream(factory.getParameterTypes())
                        .map(type -> argument(type, number))
                        .toArray();
                OpenAiError error = (OpenAiError) factory.invoke(null, arguments);
                codes.add(error.status() + " " + error.code());
            }
        }
        return codes;
    }

    private static Object argument(Class<?> type, int number) {
        if (type == boolean.class) {
            return number == 503;
        }
        if (type == String.class) {
            return "x";
        }
        return type == Duration.class
                ? Duration.ofSeconds(1)
                : type == int.class ? (Object) number : (Object) (long) number;
    }
}
