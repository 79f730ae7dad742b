package io.github.regionrouter.lab.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.BadRequestException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.files.FileCreateParams;
import com.openai.models.files.FileObject;
import com.openai.models.files.FilePurpose;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.models.Model;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a region answers must be readable by OpenAI's own client, whole and streamed. */
class OpenAiClientTest {

    private final SimulatedRegion region = SimulatedRegion.start(RegionConfig.named("swedencentral"));
    private final OpenAIClient client = OpenAIOkHttpClient.builder()
            .baseUrl(region.endpoint() + "/openai/v1")
            .apiKey("any")
            .maxRetries(0)
            .build();

    private final ChatCompletionCreateParams chat = ChatCompletionCreateParams.builder()
            .model("gpt-4o")
            .addUserMessage("Hello there")
            .build();

    private final ResponseCreateParams response =
            ResponseCreateParams.builder().model("o3").input("Hello there").build();

    @AfterEach
    void stop() {
        client.close();
        region.close();
    }

    @Test
    void chatIsRead() {
        ChatCompletion completion = client.chat().completions().create(chat);

        completion.validate();
        assertThat(completion.choices().get(0).message().content().orElseThrow())
                .startsWith("swedencentral echoes:");
    }

    @Test
    void aChatStreamIsRead() {
        try (var stream = client.chat().completions().createStreaming(chat)) {
            List<ChatCompletionChunk> chunks = stream.stream().toList();

            String text = chunks.stream()
                    .flatMap(chunk -> chunk.choices().stream())
                    .flatMap(choice -> choice.delta().content().stream())
                    .collect(Collectors.joining());
            assertThat(text).startsWith("swedencentral echoes: Hello there");
        }
    }

    @Test
    void aResponseIsRead() {
        Response answer = client.responses().create(response);

        answer.validate();
        assertThat(answer.output()
                        .get(0)
                        .asMessage()
                        .content()
                        .get(0)
                        .asOutputText()
                        .text())
                .startsWith("swedencentral echoes:");
    }

    @Test
    void aResponseStreamIsRead() {
        try (var stream = client.responses().createStreaming(response)) {
            List<ResponseStreamEvent> events = stream.stream().toList();

            events.forEach(ResponseStreamEvent::validate);
            assertThat(events.get(events.size() - 1).isCompleted()).isTrue();
        }
    }

    @Test
    void embeddingsAreRead() {
        EmbeddingCreateParams params = EmbeddingCreateParams.builder()
                .model("ada")
                .input("text")
                .dimensions(4)
                .build();

        assertThat(client.embeddings().create(params).data().get(0).embedding()).hasSize(4);
    }

    @Test
    void modelsAreRead() {
        client.models().list().data().forEach(Model::validate);

        assertThat(client.models().retrieve("gpt-4o").validate().id()).isEqualTo("gpt-4o");
    }

    @Test
    void aFileIsSentUpAndRead(@TempDir Path folder) throws Exception {
        FileObject file = client.files()
                .create(FileCreateParams.builder()
                        .purpose(FilePurpose.BATCH)
                        .file(Files.writeString(folder.resolve("calls.jsonl"), "{}"))
                        .build())
                .validate();

        assertThat(client.files().retrieve(file.id()).validate().filename()).isEqualTo("calls.jsonl");
        assertThat(client.files().list().data()).hasSize(1);
        try (var content = client.files().content(file.id())) {
            assertThat(content.body()).hasContent("{}");
        }
        assertThat(client.files().delete(file.id()).validate().deleted()).isTrue();
    }

    @Test
    void imagesAreRead() {
        ImageGenerateParams params = ImageGenerateParams.builder()
                .model("gpt-image-1")
                .prompt("a grey pixel")
                .build();

        assertThat(client.images().generate(params).validate().data().orElseThrow())
                .hasSize(1);
    }

    @Test
    void whatCameFromTheCacheIsRead() {
        ChatCompletionCreateParams params =
                chat.toBuilder().addUserMessage("word".repeat(2_000)).build();
        client.chat().completions().create(params);

        ChatCompletion second = client.chat().completions().create(params).validate();

        assertThat(second.usage()
                        .orElseThrow()
                        .promptTokensDetails()
                        .orElseThrow()
                        .cachedTokens())
                .contains(1_920L);
    }

    @Test
    void aFilteredPromptIsABadRequest() {
        ChatCompletionCreateParams params =
                chat.toBuilder().addUserMessage("[[filter prompt]]").build();

        assertThatThrownBy(() -> client.chat().completions().create(params))
                .isInstanceOfSatisfying(
                        BadRequestException.class,
                        refused -> assertThat(refused.code()).contains("content_filter"));
    }
}
