package io.github.regionrouter.lab.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.regionrouter.openai.OpenAiCall;
import io.github.regionrouter.openai.RequestTarget;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** R13: reading a body for what is asked, and putting the deployment's name in the model's place. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RewriteModel {

    private static final RequestTarget CHAT = RequestTarget.of("/openai/v1/chat/completions", "");
    private static final RequestTarget TRANSCRIPTION = RequestTarget.of("/openai/v1/audio/transcriptions", "");
    private static final String FORM_TYPE = "multipart/form-data; boundary=XX";

    /** Bytes of the body, nearly. */
    @Param({"600", "102400", "1048576"})
    public int size;

    private byte[] json = new byte[0];
    private byte[] form = new byte[0];

    @Setup
    public void bodies() {
        String words = "Which region answers when another one is throttled? ".repeat(size / 52);
        json = ("{\"messages\":[{\"role\":\"user\",\"content\":\"" + words + "\"}],\"model\":\"gpt-4o\"}")
                .getBytes(UTF_8);
        form = ("--XX\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nwhisper\r\n"
                        + "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.wav\"\r\n"
                        + "Content-Type: audio/wav\r\n\r\n" + words + "\r\n--XX--\r\n")
                .getBytes(UTF_8);
    }

    @Benchmark
    public byte[] ofJson() {
        return OpenAiCall.read("POST", CHAT, name -> "application/json", json).bodyFor("gpt-4o-eu");
    }

    @Benchmark
    public byte[] ofForm() {
        return OpenAiCall.read("POST", TRANSCRIPTION, name -> FORM_TYPE, form).bodyFor("whisper-eu");
    }
}
