package io.github.regionrouter.host;

import com.azure.ai.openai.models.AudioTranscriptionFormat;
import com.azure.core.http.HttpClientProvider;
import dev.langchain4j.model.audio.AudioTranscriptionModel;
import dev.langchain4j.model.azure.AzureOpenAiAudioTranscriptionModel;
import dev.langchain4j.model.azure.AzureOpenAiChatModel;
import dev.langchain4j.model.azure.AzureOpenAiEmbeddingModel;
import dev.langchain4j.model.azure.AzureOpenAiStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.openai.OpenAiAudioTranscriptionModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.github.regionrouter.testing.TlsFront;

/** How LangChain4j's models are set up in its two modules. The lines between the markers stand in docs/clients.md. */
enum LangChain4jModule {
    OPEN_AI {
        @Override
        ChatModel chat(String router, String key) {
            // snippet: open-ai
            ChatModel model = OpenAiChatModel.builder()
                    .baseUrl(router + "/openai/v1")
                    .apiKey(key)
                    .modelName("gpt-4o")
                    .maxRetries(0)
                    .build();
            // end
            return model;
        }

        @Override
        StreamingChatModel streaming(String router, String key) {
            return OpenAiStreamingChatModel.builder()
                    .baseUrl(router + "/openai/v1")
                    .apiKey(key)
                    .modelName("gpt-4o")
                    .build();
        }

        @Override
        EmbeddingModel embeddings(String router, String key) {
            return OpenAiEmbeddingModel.builder()
                    .baseUrl(router + "/openai/v1")
                    .apiKey(key)
                    .modelName("text-embedding-3-small")
                    .dimensions(4)
                    .maxRetries(0)
                    .build();
        }

        @Override
        AudioTranscriptionModel transcriptions(String router, String key) {
            return OpenAiAudioTranscriptionModel.builder()
                    .baseUrl(router + "/openai/v1")
                    .apiKey(key)
                    .modelName("whisper")
                    .maxRetries(0)
                    .build();
        }
    },

    AZURE {
        private final HttpClientProvider trusting = TlsFront::client;

        @Override
        ChatModel chat(String router, String key) {
            // snippet: azure-open-ai
            AzureOpenAiChatModel.Builder builder = AzureOpenAiChatModel.builder()
                    .endpoint(router)
                    .apiKey(key)
                    .deploymentName("gpt-4o")
                    .maxRetries(0);
            // end
            return builder.httpClientProvider(trusting).build();
        }

        @Override
        StreamingChatModel streaming(String router, String key) {
            return AzureOpenAiStreamingChatModel.builder()
                    .endpoint(router)
                    .apiKey(key)
                    .deploymentName("gpt-4o")
                    .maxRetries(0)
                    .httpClientProvider(trusting)
                    .build();
        }

        @Override
        EmbeddingModel embeddings(String router, String key) {
            return AzureOpenAiEmbeddingModel.builder()
                    .endpoint(router)
                    .apiKey(key)
                    .deploymentName("text-embedding-3-small")
                    .dimensions(4)
                    .maxRetries(0)
                    .httpClientProvider(trusting)
                    .build();
        }

        @Override
        AudioTranscriptionModel transcriptions(String router, String key) {
            return AzureOpenAiAudioTranscriptionModel.builder()
                    .endpoint(router)
                    .apiKey(key)
                    .deploymentName("whisper")
                    .responseFormat(AudioTranscriptionFormat.JSON)
                    .maxRetries(0)
                    .httpClientProvider(trusting)
                    .build();
        }
    };

    abstract ChatModel chat(String router, String key);

    abstract StreamingChatModel streaming(String router, String key);

    abstract EmbeddingModel embeddings(String router, String key);

    abstract AudioTranscriptionModel transcriptions(String router, String key);
}
