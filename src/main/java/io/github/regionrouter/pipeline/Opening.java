package io.github.regionrouter.pipeline;

import io.github.regionrouter.openai.StreamError;
import java.nio.ByteBuffer;
import reactor.core.publisher.Flux;

/** What a stream turns out to be (R11). */
sealed interface Opening {

    /** It serves; {@code body} is all of it. */
    record Committed(Flux<ByteBuffer> body) implements Opening {}

    /** It began with an error. */
    record ErrorFirst(StreamError error) implements Opening {}

    /** It ended without content and without a proper end. */
    record Broken() implements Opening {}
}
