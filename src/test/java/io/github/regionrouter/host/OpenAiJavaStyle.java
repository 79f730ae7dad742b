package io.github.regionrouter.host;

import com.openai.azure.AzureOpenAIServiceVersion;
import com.openai.azure.AzureUrlPathMode;
import com.openai.azure.credential.AzureApiKeyCredential;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;

/** How openai-java is set up. The lines between the markers stand in docs/clients.md. */
enum OpenAiJavaStyle {
    V1 {
        @Override
        OpenAIClient client(String router, String key) {
            // snippet: v1
            OpenAIClient client = OpenAIOkHttpClient.builder()
                    .baseUrl(router + "/openai/v1")
                    .apiKey(key)
                    .maxRetries(0)
                    .build();
            // end
            return client;
        }
    },

    LEGACY {
        @Override
        OpenAIClient client(String router, String key) {
            // snippet: deployments
            OpenAIClient client = OpenAIOkHttpClient.builder()
                    .baseUrl(router)
                    .azureUrlPathMode(AzureUrlPathMode.LEGACY)
                    .azureServiceVersion(AzureOpenAIServiceVersion.getV2024_10_21())
                    .credential(AzureApiKeyCredential.create(key))
                    .maxRetries(0)
                    .build();
            // end
            return client;
        }
    };

    abstract OpenAIClient client(String router, String key);
}
