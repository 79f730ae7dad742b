package io.github.regionrouter.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.attempt.Outcome.Failed;
import io.github.regionrouter.attempt.Outcome.Failure;
import io.github.regionrouter.attempt.Outcome.Misconfigured;
import io.github.regionrouter.attempt.Outcome.Rejected;
import io.github.regionrouter.attempt.Outcome.Served;
import io.github.regionrouter.attempt.Outcome.Throttled;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** R3, R6 to R9: what a status means, whoever is to blame. */
class OutcomeClassifierTest {

    private static final Headers NONE = name -> null;

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204, 206, 299})
    void twoHundredsAreServed(int status) {
        assertThat(classify(status)).isEqualTo(new Served(status));
    }

    @DisplayName("A 3xx from a region is MISCONFIGURED, never followed (design §5.1)")
    @ParameterizedTest
    @ValueSource(ints = {300, 301, 302, 303, 304, 307, 308, 399})
    void redirectsAreMisconfigured(int status) {
        assertThat(classify(status)).isEqualTo(new Misconfigured(status, Outcome.Lack.ADDRESS));
    }

    @DisplayName("R7, R8: 401, 403 and 404 are no fault of the caller")
    @ParameterizedTest
    @ValueSource(ints = {401, 403, 404})
    void whatTheRegionDoesNotKnowIsMisconfigured(int status) {
        assertThat(classify(status))
                .isEqualTo(new Misconfigured(status, status == 404 ? Outcome.Lack.PATH : Outcome.Lack.CREDENTIALS));
    }

    @DisplayName("R9: the caller's mistakes")
    @ParameterizedTest
    @ValueSource(ints = {400, 402, 405, 406, 409, 410, 411, 412, 413, 414, 415, 416, 422, 431, 451})
    void theCallersMistakesAreRejected(int status) {
        assertThat(classify(status)).isEqualTo(new Rejected(status));
    }

    @DisplayName("501 and 505 are so in every region (facts/wire.md §2.5)")
    @ParameterizedTest
    @ValueSource(ints = {501, 505})
    void whatNoRegionCanDoIsRejected(int status) {
        assertThat(classify(status)).isEqualTo(new Rejected(status));
    }

    @Test
    @DisplayName("R6: 408 is a failure of which nobody knows how far it got")
    void timedOut() {
        assertThat(classify(408)).isEqualTo(new Failed(408, Failure.TIMED_OUT));
    }

    @Test
    @DisplayName("R6: 500 has a kind of its own, since bad input can cause it")
    void serverError() {
        assertThat(classify(500)).isEqualTo(new Failed(500, Failure.SERVER_ERROR));
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504, 507, 520, 529, 599})
    void otherFiveHundredsAreUnavailable(int status) {
        assertThat(classify(status)).isEqualTo(new Failed(status, Failure.UNAVAILABLE));
    }

    @Test
    void aThrottlingCarriesWhatTheRegionAskedForUnclamped() {
        Headers headers = name -> name.equals("retry-after") ? "86400" : null;

        assertThat(OutcomeClassifier.classify(new Answer(429, headers, null), false, Instant.EPOCH))
                .isEqualTo(new Throttled(429, Duration.ofSeconds(86_400)));
    }

    @Test
    void aThrottlingWithoutAWordCarriesNone() {
        assertThat(classify(429)).isEqualTo(new Throttled(429, null));
    }

    @Test
    void onlyAThrottlingIsAskedForItsWait() {
        Headers headers = name -> name.equals("retry-after") ? "7" : null;

        assertThat(OutcomeClassifier.classify(new Answer(503, headers, null), false, Instant.EPOCH))
                .isEqualTo(new Failed(503, Failure.UNAVAILABLE));
    }

    @Test
    void everyStatusIsSomethingAndKeepsItsNumber() {
        for (int status = 200; status < 600; status++) {
            assertThat(classify(status).status()).isEqualTo(status);
        }
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    @DisplayName("§5.1: ambiguous is what was sent and not answered")
    void ambiguity(Failure failure) {
        boolean answered = Set.of(Failure.SERVER_ERROR, Failure.UNAVAILABLE, Failure.STREAM_ERROR)
                .contains(failure);

        assertThat(failure.ambiguous()).isEqualTo(!answered);
    }

    private static Outcome classify(int status) {
        return OutcomeClassifier.classify(new Answer(status, NONE, null), false, Instant.EPOCH);
    }
}
