package io.github.regionrouter.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.MultipartField;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.errors.InternalServerException;
import com.openai.errors.RateLimitException;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.audio.transcriptions.TranscriptionCreateParams;
import com.openai.models.audio.transcriptions.TranscriptionCreateResponse;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import io.github.regionrouter.lab.simulator.Fault;
import io.github.regionrouter.settings.InvalidSettingsException;
import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What openai-java gets through either host, in both styles of URL. */
abstract class OpenAiJavaContract extends ClientContract {

    private final ChatCompletionCreateParams hello = ChatCompletionCreateParams.builder()
            .model("gpt-4o")
            .addUserMessage("Hello there")
            .build();

    OpenAiJavaContract(HostUnderTest host) {
        super(host);
    }

    @ParameterizedTest
    @EnumSource
    void aChatIsAnsweredByTheNextRegion(OpenAiJavaStyle style) throws Exception {
        OpenAIClient client = client(style, router());

        // snippet: chat
        ChatCompletion chat = client.chat()
                .completions()
                .create(ChatCompletionCreateParams.builder()
                        .model("gpt-4o")
                        .addUserMessage("Hello there")
                        .build());
        // end

        assertThat(chat.validate().choices().get(0).message().content().orElseThrow())
                .startsWith(ANSWER);
        eachCallFailedOver(1);
    }

    @ParameterizedTest
    @EnumSource
    void aStreamIsAnsweredByTheNextRegion(OpenAiJavaStyle style) throws Exception {
        OpenAIClient client = client(style, router());

        try (HttpResponseFor<StreamResponse<ChatCompletionChunk>> response =
                        client.chat().completions().withRawResponse().createStreaming(hello);
                StreamResponse<ChatCompletionChunk> chunks = response.parse()) {
            assertThat(response.headers().values("x-router-attempts"))
                    .containsExactly(
                            "eastus;status=429;ms=0;decision=next_region," + " westus;status=200;ms=0;decision=return");
            String text = chunks.stream()
                    .flatMap(chunk -> chunk.choices().stream())
                    .flatMap(choice -> choice.delta().content().stream())
                    .collect(Collectors.joining());
            assertThat(text).startsWith(ANSWER);
        }
        eachCallFailedOver(1);
    }

    @ParameterizedTest
    @EnumSource
    void embeddingsAreAnsweredByTheNextRegion(OpenAiJavaStyle style) throws Exception {
        OpenAIClient client = client(style, router());

        CreateEmbeddingResponse embeddings = client.embeddings()
                .create(EmbeddingCreateParams.builder()
                        .model("text-embedding-3-small")
                        .input("text")
                        .dimensions(4)
                        .build());

        assertThat(embeddings.validate().data().get(0).embedding()).hasSize(4);
        eachCallFailedOver(1);
    }

    @ParameterizedTest
    @EnumSource
    void aToolIsCalledAndItsResultAnswered(OpenAiJavaStyle style) throws Exception {
        OpenAIClient client = client(style, router());
        ChatCompletionCreateParams withTools = hello.toBuilder()
                .addFunctionTool(FunctionDefinition.builder()
                        .name("weather")
                        .parameters(FunctionParameters.builder()
                                .putAdditionalProperty("type", JsonValue.from("object"))
                                .putAdditionalProperty(
                                        "properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
                                .build())
                        .build())
                .build();

        ChatCompletionMessage asked =
                client.chat().completions().create(withTools).choices().get(0).message();
        ChatCompletionMessageFunctionToolCall call =
                asked.toolCalls().orElseThrow().get(0).asFunction();
        later();
        ChatCompletion answered = client.chat()
                .completions()
                .create(withTools.toBuilder()
                        .addMessage(asked)
                        .addMessage(ChatCompletionToolMessageParam.builder()
                                .toolCallId(call.id())
                                .content("18 degrees")
                                .build())
                        .build());

        assertThat(call.function().name()).isEqualTo("weather");
        assertThat(call.function().arguments()).isEqualTo("{\"city\":\"Hello there\"}");
        assertThat(answered.choices().get(0).message().content().orElseThrow()).startsWith("westus echoes: 18 degrees");
        eachCallFailedOver(2);
    }

    @ParameterizedTest
    @EnumSource
    void anUploadIsHeardByTheNextRegion(OpenAiJavaStyle style) throws Exception {
        OpenAIClient client = client(style, router());

        TranscriptionCreateResponse heard = client.audio()
                .transcriptions()
                .create(TranscriptionCreateParams.builder()
                        .model("whisper")
                        .file(MultipartField.<java.io.InputStream>builder()
                                .value(new ByteArrayInputStream(AUDIO))
                                .filename("speech.wav")
                                .build())
                        .build());

        assertThat(heard.asTranscription().text()).isEqualTo(HEARD);
        eachCallFailedOver(1);
    }

    @ParameterizedTest
    @EnumSource
    void aFollowUpGoesToTheRegionThatMadeTheResponse(OpenAiJavaStyle style) throws Exception {
        OpenAIClient client = client(style, routerThrottledOnce());
        ResponseCreateParams first = ResponseCreateParams.builder()
                .model("gpt-4o")
                .input("Hello there")
                .build();

        Response made = client.responses().create(first);
        later();
        Response followed = client.responses()
                .create(first.toBuilder()
                        .input("And then?")
                        .previousResponseId(made.id())
                        .build());

        assertThat(text(made)).startsWith(ANSWER);
        assertThat(text(followed)).startsWith("westus echoes: And then?");
        assertThat(followed.previousResponseId()).hasValue(made.id());
        theFollowUpWentToTheOwner(made.id());
    }

    @ParameterizedTest
    @EnumSource
    void whenAllAreThrottledTheClientUnderstandsWhy(OpenAiJavaStyle style) throws Exception {
        OpenAIClient client = client(style, router());
        west.faults().add(Fault.throttle(Map.of("retry-after", "50")));

        assertThatThrownBy(() -> client.chat().completions().create(hello))
                .isInstanceOfSatisfying(RateLimitException.class, refused -> {
                    assertThat(refused).hasMessageContaining("Please retry after 30 seconds.");
                    assertThat(refused.code()).hasValue("429");
                    assertThat(refused.headers().values("retry-after")).containsExactly("30");
                });
        assertThat(east.log()).hasSize(1);
        assertThat(west.log()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aFailureIsNotRepeatedByTheClient(OpenAiJavaStyle style) throws Exception {
        OpenAIClient client = client(style, routerThatFails());

        assertThatThrownBy(() -> client.chat().completions().create(hello)).isInstanceOf(InternalServerException.class);

        theClientTriedOnce();
    }

    private static String text(Response response) {
        return response.validate()
                .output()
                .get(0)
                .asMessage()
                .content()
                .get(0)
                .asOutputText()
                .text();
    }

    private OpenAIClient client(OpenAiJavaStyle style, String router) throws InvalidSettingsException {
        OpenAIClient client = style.client(router, KEY);
        closing(client::close);
        return client;
    }
}
