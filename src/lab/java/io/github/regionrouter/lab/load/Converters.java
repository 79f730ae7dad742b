package io.github.regionrouter.lab.load;

import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** From the words of options to values. The message of a refusal is the rule alone; {@link UsageErrors} says the rest. */
final class Converters {

    private static final double MOST_SECONDS = 7 * 24 * 3_600;

    private Converters() {}

    /** 1 to 100,000. */
    static final class Count implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            return Math.toIntExact(whole(value, 1, 100_000, "1 or more, at most 100000"));
        }
    }

    /** 0 to 1,000,000. */
    static final class CountOrNone implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String value) {
            return Math.toIntExact(whole(value, 0, 1_000_000, "0 or more, at most 1000000"));
        }
    }

    /** 1 to 1,000,000,000. */
    static final class Items implements ITypeConverter<Long> {
        @Override
        public Long convert(String value) {
            return whole(value, 1, 1_000_000_000, "1 or more, at most 1000000000");
        }
    }

    /** Any whole number. */
    static final class Seed implements ITypeConverter<Long> {
        @Override
        public Long convert(String value) {
            return whole(value, Long.MIN_VALUE, Long.MAX_VALUE, "a whole number");
        }
    }

    /** Seconds with decimals, 0 to a week. */
    static final class Seconds implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            return seconds(value, 0, "seconds, 0 or more, at most a week");
        }
    }

    /** Seconds with decimals, a millisecond to a week. */
    static final class SomeSeconds implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String value) {
            return seconds(value, 0.001, "seconds, 0.001 or more, at most a week");
        }
    }

    /** Calls per second. */
    static final class Rate implements ITypeConverter<Double> {
        @Override
        public Double convert(String value) {
            return number(value, 0.001, 100_000, "calls per second, 0.001 to 100000");
        }
    }

    /** A distribution of token sizes. */
    static final class Sizes implements ITypeConverter<TokenSizes> {
        @Override
        public TokenSizes convert(String value) {
            try {
                return TokenSizes.of(value);
            } catch (IllegalArgumentException none) {
                throw new TypeConversionException(TokenSizes.FORMS);
            }
        }
    }

    private static long whole(String value, long least, long most, String rule) {
        try {
            long number = Long.parseLong(value.trim());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException none) {
            // told below
        }
        throw new TypeConversionException(rule);
    }

    private static Duration seconds(String value, double least, String rule) {
        return Duration.ofNanos(Math.round(number(value, least, MOST_SECONDS, rule) * 1e9));
    }

    private static double number(String value, double least, double most, String rule) {
        try {
            double number = Double.parseDouble(value.trim());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException none) {
            // told below
        }
        throw new TypeConversionException(rule);
    }
}
