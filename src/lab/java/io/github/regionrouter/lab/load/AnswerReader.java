package io.github.regionrouter.lab.load;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonToken;
import io.github.regionrouter.openai.EndWatch;
import io.github.regionrouter.openai.EventSplitter;
import io.github.regionrouter.openai.Meaning;
import io.github.regionrouter.openai.StreamError;
import io.github.regionrouter.openai.StreamEvent;
import io.github.regionrouter.openai.StreamFamily;
import io.github.regionrouter.telemetry.Usage;
import io.github.regionrouter.telemetry.UsageWatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Reads one answer as it comes, stream or not, and judges it at its end. Not thread-safe. */
final class AnswerReader {

    /** Beyond this an answer that is no stream is no chat completion. */
    private static final int LARGEST_BODY = 16 * 1024 * 1024;

    private static final int LARGEST_EVENT = 1024 * 1024;

    private final LongSupplier nanos;
    private final UsageWatch usage = new UsageWatch();
    private final EventSplitter splitter = new EventSplitter(LARGEST_EVENT);
    private final EndWatch end = new EndWatch(StreamFamily.CHAT);
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private volatile @Nullable AnswerHead head; // also read by the thread of a timeout
    private @Nullable StreamError error;
    private volatile @Nullable Long firstToken;
    private long contents;

    /** @param nanos the clock of the call's times */
    AnswerReader(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void begin(AnswerHead answer) {
        head = answer;
    }

    /** The next bytes; the buffer may be used again afterwards. */
    void see(ByteBuffer bytes) {
        usage.see(bytes);
        if (streams()) {
            splitter.feed(bytes).forEach(this::see);
        } else {
            byte[] piece = new byte[Math.min(bytes.remaining(), LARGEST_BODY - body.size())];
            bytes.get(piece);
            body.writeBytes(piece);
        }
    }

    /** Judges an answer whose connection said that it was over. */
    Status ended() {
        AnswerHead answer = head;
        if (answer == null) {
            return Status.RESET;
        }
        if (answer.status() != 200) {
            return Status.of(answer.status());
        }
        return streams() ? streamEnded() : isCompletion() ? Status.SERVED : Status.NO_COMPLETION;
    }

    /** Judges an answer whose connection broke. */
    Status broken() {
        AnswerHead answer = head;
        if (answer == null) {
            return Status.RESET;
        }
        return answer.status() != 200 ? Status.of(answer.status()) : streams() ? Status.CUT_STREAM : Status.CUT_ANSWER;
    }

    @Nullable
    AnswerHead head() {
        return head;
    }

    /** By the clock; null as long as no content came. */
    @Nullable
    Long firstToken() {
        return firstToken;
    }

    Tokens tokens() {
        Usage told = usage.usage();
        boolean silent = told.output() < 0;
        return new Tokens(
                Math.max(0, told.input()),
                silent ? contents : told.output(),
                Math.max(0, told.cached()),
                silent && streams() ? 1 : 0,
                silent && !streams() ? 1 : 0);
    }

    /** What came in place of a completion, as it came: for {@link ServerText}. */
    String detail() {
        StreamError told = error;
        return told == null ? ErrorText.of(body.toByteArray()) : told.text();
    }

    private boolean streams() {
        AnswerHead answer = head;
        return answer != null && answer.status() == 200 && answer.events();
    }

    private void see(StreamEvent event) {
        end.see(event);
        Meaning meaning = StreamFamily.CHAT.meaning(event);
        if (meaning == Meaning.CONTENT) {
            contents++;
            if (firstToken == null) {
                firstToken = nanos.getAsLong();
            }
        } else if (meaning == Meaning.ERROR && error == null) {
            error = StreamFamily.CHAT.error(event);
        }
    }

    private Status streamEnded() {
        StreamEvent rest = splitter.rest();
        if (rest != null) {
            see(rest);
        }
        if (error != null) {
            return error.isThrottling() ? Status.THROTTLED_IN_STREAM : Status.ERROR_IN_STREAM;
        }
        return end.endedProperly() ? Status.SERVED : Status.CUT_STREAM;
    }

    /** Whether the body is a JSON object with {@code choices}. */
    private boolean isCompletion() {
        boolean choices = false;
        try (JsonReader json = JsonProviders.createReader(body.toByteArray())) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                choices |= "choices".equals(json.getFieldName());
                json.nextToken();
                json.skipChildren();
            }
            return choices;
        } catch (IOException | IllegalStateException none) {
            return false;
        }
    }
}
