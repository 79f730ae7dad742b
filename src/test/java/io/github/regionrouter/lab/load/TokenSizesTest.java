package io.github.regionrouter.lab.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenSizesTest {

    private static final int DRAWS = 20_000;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | 200 | 200 | 200",
                "uniform:100-2000 | 100 | 2000 | 1050",
                "normal:500,100 | 1 | 1000 | 500",
                "lognormal:500,0.5 | 1 | 10000 | 566",
                "100:70,8000:30 | 100 | 8000 | 2470",
            })
    void sizesKeepTheirBoundsAndTheirMean(String text, int least, int most, double mean) {
        IntStream drawn = draw(text, 1);

        assertThat(drawn.summaryStatistics()).satisfies(all -> {
            assertThat(all.getMin()).isGreaterThanOrEqualTo(least);
            assertThat(all.getMax()).isLessThanOrEqualTo(most);
            assertThat(all.getAverage()).isCloseTo(mean, Percentage.withPercentage(4));
        });
    }

    @Test
    void weightsAreShares() {
        assertThat(draw("100:70,8000:30", 2).filter(size -> size == 100).count() * 100.0 / DRAWS)
                .isBetween(68.0, 72.0);
    }

    @Test
    void theSameSeedDrawsTheSame() {
        assertThat(draw("lognormal:500,1", 3).toArray())
                .isEqualTo(draw("lognormal:500,1", 3).toArray());
    }

    @Test
    void noDrawIsBelowOneOrAboveTheMost() {
        assertThat(draw("normal:1,1000", 4).min()).hasValue(1);
        assertThat(draw("lognormal:2000000,10", 4).max()).hasValue(TokenSizes.MOST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "0",
                "-1",
                "2000001",
                "uniform:5",
                "uniform:9-5",
                "uniform:0-5",
                "normal:5",
                "normal:a,b",
                "normal:5,-1",
                "normal:NaN,1",
                "lognormal:5,11",
                "100:0",
                "100:70,",
                "pareto:1,2",
                "1:2:3"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> TokenSizes.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(TokenSizes.FORMS);
    }

    private static IntStream draw(String text, long seed) {
        TokenSizes sizes = TokenSizes.of(text);
        SplittableRandom random = new SplittableRandom(seed);
        return IntStream.generate(() -> sizes.next(random)).limit(DRAWS);
    }
}
