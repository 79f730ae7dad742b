package io.github.regionrouter.lab.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;

/**
 * The first call of a JVM takes a second more, for classes that are loaded and code that is not compiled yet, and an endpoint
 * would be charged with that. So answers are read from memory before, as if they had come: nothing is connected to. What only a
 * connection needs is still loaded by the first call.
 */
final class WarmUp {

    private static final int CALLS = 200;
    private static final int PROMPT_TOKENS = 100;

    private static final String COMPLETION = """
            {"choices":[{"index":0,"message":{"content":"word"}}],"usage":{"prompt_tokens":9,"completion_tokens":1}}""";
    private static final String EVENTS = """
            data: {"choices":[{"index":0,"delta":{"content":"word"}}]}

            data: {"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":1}}

            data: [DONE]

            """;

    private WarmUp() {}

    /** Gives what the calls came to. */
    static Progress run(LoadPlan plan) {
        Recorder recorder = new Recorder(plan, System.nanoTime());
        CallDeck deck = new CallDeck(plan);
        ChatBody body = new ChatBody(plan);
        ServerText text = new ServerText(Secrets.of(plan));
        for (long index = 0; index < CALLS; index++) {
            Call drawn = deck.call(index);
            Call call = new Call(index, drawn.target(), PROMPT_TOKENS, 1, drawn.cacheKey());
            recorder.sent(call, null, System.nanoTime());
            recorder.add(result(call, body.of(call), plan.stream(), text));
        }
        return recorder.progress(System.nanoTime());
    }

    private static CallResult result(Call call, byte[] body, boolean stream, ServerText text) {
        long sent = System.nanoTime();
        String type = stream ? "text/event-stream" : "application/json";
        AnswerReader reader = new AnswerReader(System::nanoTime);
        reader.begin(AnswerHead.of(200, name -> "content-type".equals(name) ? type : null, text));
        EmbeddedChannel wire = new EmbeddedChannel(new HttpClientCodec());
        wire.writeOutbound(
                new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.POST, "/", Unpooled.wrappedBuffer(body)));
        wire.writeInbound(answer(type, stream ? EVENTS : COMPLETION));
        for (Object part = wire.readInbound(); part != null; part = wire.readInbound()) {
            if (part instanceof HttpContent content) {
                reader.see(content.content().nioBuffer());
            }
            ReferenceCountUtil.release(part);
        }
        wire.finishAndReleaseAll();
        Status status = reader.ended();
        CallTimes times = new CallTimes(sent, sent, reader.firstToken(), System.nanoTime());
        return new CallResult(call, times, status, reader.head(), reader.tokens(), null);
    }

    private static ByteBuf answer(String type, String body) {
        return Unpooled.copiedBuffer(
                "HTTP/1.1 200 OK\r\ncontent-type: " + type + "\r\ncontent-length: " + body.length() + "\r\n\r\n" + body,
                StandardCharsets.US_ASCII);
    }
}
