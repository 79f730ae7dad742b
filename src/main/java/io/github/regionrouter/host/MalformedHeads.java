package io.github.regionrouter.host;

import io.github.regionrouter.RouterResponse;
import io.github.regionrouter.openai.OpenAiError;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;

/**
 * Answers requests that Netty's decoder refuses, in Azure's shape and before Reactor Netty would with an empty body. The
 * connection ends with it, since nobody knows where the next request begins.
 */
@Sharable
final class MalformedHeads extends ChannelInboundHandlerAdapter {

    static final int LONGEST_LINE = 16 * 1024;
    static final int LONGEST_HEADERS = 64 * 1024;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpObject part && part.decoderResult().isFailure()) {
            ReferenceCountUtil.release(message);
            context.channel().config().setAutoRead(false);
            context.writeAndFlush(answer(error(part.decoderResult().cause()))).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        context.fireChannelRead(message);
    }

    private static OpenAiError error(Throwable fault) {
        if (fault instanceof TooLongHttpLineException) {
            return OpenAiError.uriTooLong(LONGEST_LINE);
        }
        return fault instanceof TooLongHttpHeaderException
                ? OpenAiError.headersTooLarge(LONGEST_HEADERS)
                : OpenAiError.malformedRequest();
    }

    private static FullHttpResponse answer(OpenAiError error) {
        RouterResponse refusal = FrontDoor.refusal(error);
        byte[] body = error.body();
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(refusal.status()), Unpooled.wrappedBuffer(body));
        refusal.headers().forEach((name, values) -> response.headers().set(name, values));
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.length);
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return response;
    }
}
