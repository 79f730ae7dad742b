package io.github.regionrouter.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.testing.NodeScript;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the npm client gets through either host; the operations stand in {@code src/test/node/operations.mjs}. */
abstract class OpenAiNodeContract extends ClientContract {

    private static final String V1 = "v1";
    private static final String DEPLOYMENTS = "deployments";

    OpenAiNodeContract(HostUnderTest host) {
        super(host);
    }

    @BeforeAll
    static void nodeIsThere() throws Exception {
        NodeScript.assumeNode();
    }

    @ParameterizedTest
    @ValueSource(strings = {V1, DEPLOYMENTS})
    void aChatIsAnsweredByTheNextRegion(String setUp) throws Exception {
        assertThat(text(run(setUp, "chat", router()).result())).startsWith(ANSWER);

        eachCallFailedOver(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {V1, DEPLOYMENTS})
    void aStreamIsAnsweredByTheNextRegion(String setUp) throws Exception {
        assertThat(text(run(setUp, "stream", router()).result())).startsWith(ANSWER);

        eachCallFailedOver(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {V1, DEPLOYMENTS})
    void embeddingsAreAnsweredByTheNextRegion(String setUp) throws Exception {
        assertThat(run(setUp, "embeddings", router()).result()).isEqualTo(Map.of("dimensions", 4));

        eachCallFailedOver(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {V1, DEPLOYMENTS})
    void aToolIsCalledAndItsResultAnswered(String setUp) throws Exception {
        Map<String, Object> result =
                run(setUp, "tools", router()).inItsPause(this::later).result();

        assertThat(result).containsEntry("name", "weather").containsEntry("arguments", "{\"city\":\"Hello there\"}");
        assertThat(text(result)).startsWith("westus echoes: 18 degrees");
        eachCallFailedOver(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {V1, DEPLOYMENTS})
    void anUploadIsHeardByTheNextRegion(String setUp) throws Exception {
        assertThat(text(run(setUp, "transcription", router()).result())).isEqualTo(HEARD);

        eachCallFailedOver(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {V1, DEPLOYMENTS})
    void aFollowUpGoesToTheRegionThatMadeTheResponse(String setUp) throws Exception {
        Map<String, Object> result = run(setUp, "responses", routerThrottledOnce())
                .inItsPause(this::later)
                .result();

        assertThat(text(result)).startsWith(ANSWER);
        assertThat(String.valueOf(result.get("followed"))).startsWith("westus echoes: And then?");
        theFollowUpWentToTheOwner(String.valueOf(result.get("id")));
    }

    @ParameterizedTest
    @ValueSource(strings = {V1, DEPLOYMENTS})
    void aFailureIsNotRepeatedByTheClient(String setUp) throws Exception {
        assertThat(run(setUp, "chat", routerThatFails()).result()).containsEntry("status", 500);

        theClientTriedOnce();
    }

    private static String text(Map<String, Object> result) {
        return String.valueOf(result.get("text"));
    }

    private NodeScript run(String setUp, String operation, String router) throws Exception {
        return closing(NodeScript.run(setUp, operation, router, KEY));
    }
}
