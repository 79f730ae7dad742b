package io.github.regionrouter.host;

import static io.github.regionrouter.testing.SettingsJson.at;
import static io.github.regionrouter.testing.SettingsJson.caller;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.azure.AzureOpenAIServiceVersion;
import com.openai.azure.AzureUrlPathMode;
import com.openai.azure.credential.AzureApiKeyCredential;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.errors.RateLimitException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import io.github.regionrouter.lab.simulator.Fault;
import io.github.regionrouter.lab.simulator.SimulatedRegion;
import io.github.regionrouter.settings.InvalidSettingsException;
import io.github.regionrouter.testing.HandClock;
import io.github.regionrouter.testing.SettingsJson;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * OpenAI's own Java client, unmodified, in both styles of URL: it is told another base URL and nothing else, tries once, and
 * never learns that its first region was throttled.
 */
final class OpenAiJavaClientTest {

    private static final String KEY = "router-key";

    @Nested
    final class ThroughTheStreamingHost extends Contract {
        ThroughTheStreamingHost() {
            super(HostUnderTest.STREAMING);
        }
    }

    @Nested
    final class ThroughTheWorkerHost extends Contract {
        ThroughTheWorkerHost() {
            super(HostUnderTest.WORKER);
        }
    }

    /** How the client is set up. */
    enum Style {
        V1 {
            @Override
            OpenAIOkHttpClient.Builder at(URI router) {
                return OpenAIOkHttpClient.builder()
                        .baseUrl(router + "/openai/v1")
                        .apiKey(KEY);
            }
        },
        LEGACY {
            @Override
            OpenAIOkHttpClient.Builder at(URI router) {
                return OpenAIOkHttpClient.builder()
                        .baseUrl(router.toString())
                        .azureUrlPathMode(AzureUrlPathMode.LEGACY)
                        .azureServiceVersion(AzureOpenAIServiceVersion.getV2024_10_21())
                        .credential(AzureApiKeyCredential.create(KEY));
            }
        };

        abstract OpenAIOkHttpClient.Builder at(URI router);
    }

    abstract static class Contract extends RouterContract {

        private static final String FAILED_OVER =
                "eastus;status=429;ms=0;decision=next_region," + " westus;status=200;ms=0;decision=return";

        private final ChatCompletionCreateParams chat = ChatCompletionCreateParams.builder()
                .model("gpt-4o")
                .addUserMessage("Hello there")
                .build();

        private final SimulatedRegion east = region("eastus");
        private final SimulatedRegion west = region("westus");

        Contract(HostUnderTest host) {
            super(host);
        }

        @ParameterizedTest
        @EnumSource(Style.class)
        void aChatIsAnsweredByTheNextRegion(Style style) throws Exception {
            OpenAIClient client = client(style);
            east.faults().add(Fault.throttle(Map.of("retry-after", "30")));

            try (HttpResponseFor<ChatCompletion> response =
                    client.chat().completions().withRawResponse().create(chat)) {
                assertThat(response.headers().values("x-router-attempts")).containsExactly(FAILED_OVER);
                ChatCompletion completion = response.parse().validate();
                assertThat(completion.choices().get(0).message().content().orElseThrow())
                        .startsWith("westus echoes: Hello there");
            }

            eachRegionSawOneCall();
        }

        @ParameterizedTest
        @EnumSource(Style.class)
        void aStreamIsAnsweredByTheNextRegion(Style style) throws Exception {
            OpenAIClient client = client(style);
            east.faults().add(Fault.throttle(Map.of("retry-after", "30")));

            try (HttpResponseFor<StreamResponse<ChatCompletionChunk>> response =
                            client.chat().completions().withRawResponse().createStreaming(chat);
                    StreamResponse<ChatCompletionChunk> chunks = response.parse()) {
                assertThat(response.headers().values("x-router-attempts")).containsExactly(FAILED_OVER);
                String text = chunks.stream()
                        .flatMap(chunk -> chunk.choices().stream())
                        .flatMap(choice -> choice.delta().content().stream())
                        .collect(Collectors.joining());
                assertThat(text).startsWith("westus echoes: Hello there");
            }

            eachRegionSawOneCall();
        }

        @ParameterizedTest
        @EnumSource(Style.class)
        void embeddingsAreAnsweredByTheNextRegion(Style style) throws Exception {
            OpenAIClient client = client(style);
            east.faults().add(Fault.throttle(Map.of("retry-after", "30")));
            EmbeddingCreateParams params = EmbeddingCreateParams.builder()
                    .model("gpt-4o")
                    .input("text")
                    .dimensions(4)
                    .build();

            try (HttpResponseFor<CreateEmbeddingResponse> response =
                    client.embeddings().withRawResponse().create(params)) {
                assertThat(response.headers().values("x-router-attempts")).containsExactly(FAILED_OVER);
                assertThat(response.parse().validate().data().get(0).embedding())
                        .hasSize(4);
            }

            eachRegionSawOneCall();
        }

        @ParameterizedTest
        @EnumSource(Style.class)
        void whenAllAreThrottledTheClientUnderstandsWhy(Style style) throws Exception {
            OpenAIClient client = client(style);
            east.faults().add(Fault.throttle(Map.of("retry-after", "45")));
            west.faults().add(Fault.throttle(Map.of("retry-after", "50")));

            assertThatThrownBy(() -> client.chat().completions().create(chat))
                    .isInstanceOfSatisfying(RateLimitException.class, refused -> {
                        assertThat(refused).hasMessageContaining("Please retry after 45 seconds.");
                        assertThat(refused.code()).hasValue("429");
                        assertThat(refused.headers().values("retry-after")).containsExactly("45");
                    });

            eachRegionSawOneCall();
        }

        private OpenAIClient client(Style style) throws InvalidSettingsException {
            URI router = start(
                            SettingsJson.model("gpt-4o", at(east), at(west)).callers(caller("team", KEY)),
                            new HandClock())
                    .router();
            OpenAIClient client = style.at(router).maxRetries(0).build();
            closing(client::close);
            return client;
        }

        private void eachRegionSawOneCall() {
            for (SimulatedRegion region : List.of(east, west)) {
                assertThat(region.log()).hasSize(1);
                assertThat(region.log().get(0).headers().toString()).doesNotContain("x-stainless", KEY);
            }
        }
    }
}
