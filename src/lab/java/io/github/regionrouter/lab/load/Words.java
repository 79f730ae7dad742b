package io.github.regionrouter.lab.load;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
final class Words {

    private Words() {}

    /** {@code 1 call}, {@code 1,200 calls}. */
    static String count(long count, String of) {
        return whole(count) + " " + of + (count == 1 ? "" : "s");
    }

    /** {@code 12,345}. */
    static String whole(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String whole(double number) {
        return whole(Math.round(number));
    }

    /** At most one decimal, and none that is zero. */
    static String number(double number) {
        String text = String.format(Locale.ROOT, "%,.1f", number);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /** {@code 0.4 ms}, {@code 310 ms}, {@code 12.3 s}; a dash for no number. */
    static String millis(double millis) {
        if (Double.isNaN(millis)) {
            return "–";
        }
        if (millis >= 10_000) {
            return number(millis / 1_000) + " s";
        }
        return bareMillis(millis) + " ms";
    }

    /** The same where the unit stands elsewhere: {@code 0.4}, {@code 12,345}. */
    static String bareMillis(double millis) {
        return Double.isNaN(millis) ? "–" : millis < 10 ? number(millis) : whole(millis);
    }

    /** {@code 98.5 %}; a dash of nothing. */
    static String percent(long part, long all) {
        return all == 0 ? "–" : number(100.0 * part / all) + " %";
    }

    /** For terminals, not all of which know more than ASCII. */
    static String plain(String text) {
        return text.replace('\u00a0', ' ')
                .replace("×", "x")
                .replace("–", "-")
                .replace("…", "...")
                .replace("\ufffd", "?");
    }

    /** {@code 2.5 s}, {@code 450 ms}. */
    static String seconds(Duration time) {
        return time.toMillis() < 1_000 && !time.isZero()
                ? millis(time.toMillis())
                : number(time.toMillis() / 1_000.0) + " s";
    }

    static String ramp(Duration ramp) {
        return ramp.isZero() ? "" : ", ramped up in " + seconds(ramp);
    }
}
