package io.github.regionrouter.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderParametersTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
            form-data; name="a;b=c"          | form-data | a;b=c
            Form-Data ;NAME=a b ; x          | form-data | a b
            form-data; name="C:\\dir\\a.wav" | form-data | C:\\dir\\a.wav
            form-data; name="a \\"b\\" c"    | form-data | a "b" c
            form-data; name="a\\\\"; x="y"   | form-data | a\\
            form-data; name = "a" ;;         | form-data | a
            form-data; name=""               | form-data | ''
            form-data                        | form-data |
            form-data; name                  | form-data |
            ; name=a                         | ''        | a
            """, delimiter = '|')
    void aParameterIsReadQuotedOrNot(String header, String kind, String name) throws IOException {
        assertThat(HeaderParameters.read(header).kind()).isEqualTo(kind);
        assertThat(HeaderParameters.read(header).get("name")).isEqualTo(name);
    }
}
