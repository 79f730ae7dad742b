package io.github.regionrouter.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.ai.openai.OpenAIClient;
import com.azure.ai.openai.OpenAIClientBuilder;
import com.azure.ai.openai.models.AudioTranscriptionFormat;
import com.azure.ai.openai.models.AudioTranscriptionOptions;
import com.azure.ai.openai.models.ChatChoice;
import com.azure.ai.openai.models.ChatCompletions;
import com.azure.ai.openai.models.ChatCompletionsFunctionToolCall;
import com.azure.ai.openai.models.ChatCompletionsFunctionToolDefinition;
import com.azure.ai.openai.models.ChatCompletionsFunctionToolDefinitionFunction;
import com.azure.ai.openai.models.ChatCompletionsOptions;
import com.azure.ai.openai.models.ChatRequestAssistantMessage;
import com.azure.ai.openai.models.ChatRequestMessage;
import com.azure.ai.openai.models.ChatRequestToolMessage;
import com.azure.ai.openai.models.ChatRequestUserMessage;
import com.azure.ai.openai.models.EmbeddingsOptions;
import com.azure.core.credential.AzureKeyCredential;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.util.BinaryData;
import io.github.regionrouter.testing.TlsFront;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What azure-ai-openai gets through either host; an endpoint with a slash at its end makes it send {@code //openai/…}. */
abstract class AzureAiOpenAiContract extends ClientContract {

    AzureAiOpenAiContract(HostUnderTest host) {
        super(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/"})
    void aChatIsAnsweredByTheNextRegion(String end) throws Exception {
        OpenAIClient client = client(end);

        // snippet: chat
        ChatCompletions chat = client.getChatCompletions(
                "gpt-4o", new ChatCompletionsOptions(List.of(new ChatRequestUserMessage("Hello there"))));
        // end

        assertThat(text(chat)).startsWith(ANSWER);
        eachCallFailedOver(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/"})
    void aStreamIsAnsweredByTheNextRegion(String end) throws Exception {
        OpenAIClient client = client(end);

        String text = client.getChatCompletionsStream("gpt-4o", hello()).stream()
                .flatMap(chunk -> chunk.getChoices().stream())
                .map(ChatChoice::getDelta)
                .map(delta -> Objects.requireNonNullElse(delta.getContent(), ""))
                .collect(Collectors.joining());

        assertThat(text).startsWith(ANSWER);
        eachCallFailedOver(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/"})
    void embeddingsAreAnsweredByTheNextRegion(String end) throws Exception {
        EmbeddingsOptions options = new EmbeddingsOptions(List.of("text")).setDimensions(4);

        assertThat(client(end)
                        .getEmbeddings("text-embedding-3-small", options)
                        .getData()
                        .get(0)
                        .getEmbedding())
                .hasSize(4);

        eachCallFailedOver(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/"})
    void aToolIsCalledAndItsResultAnswered(String end) throws Exception {
        OpenAIClient client = client(end);

        var asked = client.getChatCompletions("gpt-4o", withTool(hello()))
                .getChoices()
                .get(0)
                .getMessage();
        var call = (ChatCompletionsFunctionToolCall) asked.getToolCalls().get(0);
        later();
        List<ChatRequestMessage> messages = List.of(
                new ChatRequestUserMessage("Hello there"),
                new ChatRequestAssistantMessage("").setToolCalls(asked.getToolCalls()),
                new ChatRequestToolMessage("18 degrees", call.getId()));
        ChatCompletions answered = client.getChatCompletions("gpt-4o", withTool(new ChatCompletionsOptions(messages)));

        assertThat(call.getFunction().getName()).isEqualTo("weather");
        assertThat(call.getFunction().getArguments()).isEqualTo("{\"city\":\"Hello there\"}");
        assertThat(text(answered)).startsWith("westus echoes: 18 degrees");
        eachCallFailedOver(2);
    }

    @Test
    void anUploadIsHeardByTheNextRegion() throws Exception {
        isHeard("");
    }

    final void isHeard(String end) throws Exception {
        AudioTranscriptionOptions audio = new AudioTranscriptionOptions(AUDIO)
                .setFilename("speech.wav")
                .setResponseFormat(AudioTranscriptionFormat.JSON);

        assertThat(client(end)
                        .getAudioTranscription("whisper", "speech.wav", audio)
                        .getText())
                .isEqualTo(HEARD);

        eachCallFailedOver(1);
    }

    @Test
    void aFailureIsNotRepeatedByTheClient() throws Exception {
        OpenAIClient client = over(routerThatFails(), "");

        assertThatThrownBy(() -> client.getChatCompletions("gpt-4o", hello())).hasMessageContaining("500");

        theClientTriedOnce();
    }

    @Test
    void withoutTlsTheClientSendsNothing() throws Exception {
        OpenAIClient client = builder(router(), KEY).buildClient();

        assertThatThrownBy(() -> client.getChatCompletions("gpt-4o", hello())).hasMessageContaining("require HTTPS");

        assertThat(east.log()).isEmpty();
    }

    private OpenAIClient client(String end) throws Exception {
        return over(router(), end);
    }

    private OpenAIClient over(String router, String end) throws Exception {
        TlsFront front = closing(new TlsFront(URI.create(router)));
        return builder(front.url() + end, KEY).httpClient(TlsFront.client()).buildClient();
    }

    private static OpenAIClientBuilder builder(String router, String key) {
        // snippet: client
        OpenAIClientBuilder builder = new OpenAIClientBuilder()
                .endpoint(router)
                .credential(new AzureKeyCredential(key))
                .retryOptions(new RetryOptions(new FixedDelayOptions(0, Duration.ZERO)));
        // end
        return builder;
    }

    private static ChatCompletionsOptions hello() {
        return new ChatCompletionsOptions(List.of(new ChatRequestUserMessage("Hello there")));
    }

    private static ChatCompletionsOptions withTool(ChatCompletionsOptions options) {
        var function = new ChatCompletionsFunctionToolDefinitionFunction("weather")
                .setParameters(BinaryData.fromString(PARAMETERS));
        return options.setTools(List.of(new ChatCompletionsFunctionToolDefinition(function)));
    }

    private static String text(ChatCompletions completions) {
        return completions.getChoices().get(0).getMessage().getContent();
    }
}
