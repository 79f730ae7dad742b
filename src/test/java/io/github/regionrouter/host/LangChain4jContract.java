package io.github.regionrouter.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.audio.Audio;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.audio.AudioTranscriptionRequest;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiResponsesChatModel;
import dev.langchain4j.model.openai.OpenAiResponsesChatRequestParameters;
import io.github.regionrouter.testing.TlsFront;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What LangChain4j's models get through either host: one module over plain HTTP, the other, which refuses that, over TLS. */
abstract class LangChain4jContract extends ClientContract {

    private static final ToolSpecification WEATHER = ToolSpecification.builder()
            .name("weather")
            .parameters(JsonObjectSchema.builder().addStringProperty("city").build())
            .build();

    LangChain4jContract(HostUnderTest host) {
        super(host);
    }

    @ParameterizedTest
    @EnumSource
    void aChatIsAnsweredByTheNextRegion(LangChain4jModule module) throws Exception {
        ChatModel model = module.chat(router(module), KEY);

        // snippet: chat
        String answer = model.chat("Hello there");
        // end

        assertThat(answer).startsWith(ANSWER);
        eachCallFailedOver(1);
    }

    @ParameterizedTest
    @EnumSource
    void aStreamIsAnsweredByTheNextRegion(LangChain4jModule module) throws Exception {
        StreamingChatModel model = module.streaming(router(module), KEY);
        Collected collected = new Collected();

        model.chat("Hello there", collected);

        assertThat(collected.text.get(20, TimeUnit.SECONDS)).startsWith(ANSWER);
        eachCallFailedOver(1);
    }

    @ParameterizedTest
    @EnumSource
    void embeddingsAreAnsweredByTheNextRegion(LangChain4jModule module) throws Exception {
        assertThat(module.embeddings(router(module), KEY)
                        .embed("text")
                        .content()
                        .vector())
                .hasSize(4);

        eachCallFailedOver(1);
    }

    @ParameterizedTest
    @EnumSource
    void aToolIsCalledAndItsResultAnswered(LangChain4jModule module) throws Exception {
        ChatModel model = module.chat(router(module), KEY);
        UserMessage hello = UserMessage.from("Hello there");

        AiMessage asked = model.chat(ChatRequest.builder()
                        .messages(hello)
                        .toolSpecifications(WEATHER)
                        .build())
                .aiMessage();
        ToolExecutionRequest call = asked.toolExecutionRequests().get(0);
        later();
        AiMessage answered = model.chat(ChatRequest.builder()
                        .messages(hello, asked, ToolExecutionResultMessage.from(call, "18 degrees"))
                        .toolSpecifications(WEATHER)
                        .build())
                .aiMessage();

        assertThat(call.name()).isEqualTo("weather");
        assertThat(call.arguments()).isEqualTo("{\"city\":\"Hello there\"}");
        assertThat(answered.text()).startsWith("westus echoes: 18 degrees");
        eachCallFailedOver(2);
    }

    @Test
    void azuresModuleUploadsToTheNextRegion() throws Exception {
        assertThat(transcribe(LangChain4jModule.AZURE)).isEqualTo(HEARD);

        eachCallFailedOver(1);
    }

    final String transcribe(LangChain4jModule module) throws Exception {
        Audio audio = Audio.builder().binaryData(AUDIO).mimeType("audio/wav").build();
        return module.transcriptions(router(module), KEY)
                .transcribe(AudioTranscriptionRequest.builder(audio).build())
                .text();
    }

    @Test
    void aFollowUpGoesToTheRegionThatMadeTheResponse() throws Exception {
        OpenAiResponsesChatModel model = OpenAiResponsesChatModel.builder()
                .baseUrl(routerThrottledOnce() + "/openai/v1")
                .apiKey(KEY)
                .modelName("gpt-4o")
                .store(true)
                .build();

        ChatResponse made = model.chat(UserMessage.from("Hello there"));
        later();
        ChatResponse followed = model.chat(ChatRequest.builder()
                .messages(UserMessage.from("And then?"))
                .parameters(OpenAiResponsesChatRequestParameters.builder()
                        .previousResponseId(made.id())
                        .build())
                .build());

        assertThat(made.aiMessage().text()).startsWith(ANSWER);
        assertThat(followed.aiMessage().text()).startsWith("westus echoes: And then?");
        theFollowUpWentToTheOwner(made.id());
    }

    @ParameterizedTest
    @EnumSource
    void aFailureIsNotRepeatedByTheClient(LangChain4jModule module) throws Exception {
        ChatModel model = module.chat(as(module, routerThatFails()), KEY);

        assertThatThrownBy(() -> model.chat("Hello there")).isInstanceOf(LangChain4jException.class);

        theClientTriedOnce();
    }

    private String router(LangChain4jModule module) throws Exception {
        return as(module, router());
    }

    private String as(LangChain4jModule module, String router) throws Exception {
        return module == LangChain4jModule.OPEN_AI
                ? router
                : closing(new TlsFront(URI.create(router))).url().toString();
    }

    private static final class Collected implements StreamingChatResponseHandler {

        private final StringBuffer soFar = new StringBuffer();
        private final CompletableFuture<String> text = new CompletableFuture<>();

        @Override
        public void onPartialResponse(String partial) {
            soFar.append(partial);
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            text.complete(soFar.toString());
        }

        @Override
        public void onError(Throwable error) {
            text.completeExceptionally(error);
        }
    }
}
