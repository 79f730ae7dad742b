package io.github.regionrouter.host;

import static io.github.regionrouter.testing.SettingsJson.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.regionrouter.lab.simulator.Fault;
import io.github.regionrouter.lab.simulator.ReceivedRequest;
import io.github.regionrouter.lab.simulator.SimulatedRegion;
import io.github.regionrouter.testing.Caller;
import io.github.regionrouter.testing.HandClock;
import io.github.regionrouter.testing.RawCaller;
import io.github.regionrouter.testing.Reply;
import io.github.regionrouter.testing.SettingsJson;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Design §6: a path is refused, or reaches the region as it came and names nothing else there than it named here. */
abstract class BadPathsContract extends RouterContract {

    private static final Fault ANYTHING = Fault.status(200, Map.of("content-type", "application/json"), "{}");

    private final HandClock clock = new HandClock();
    private final SimulatedRegion east = region("eastus");
    private final SettingsJson settings = SettingsJson.model("gpt-4o", at(east));

    BadPathsContract(HostUnderTest host) {
        super(host);
    }

    private Reply send(Caller caller, String method, String target) throws Exception {
        try (RawCaller raw = new RawCaller(caller.router())) {
            return method.equals("POST")
                    ? raw.post(target, Caller.V1_CHAT_BODY).read()
                    : raw.head(method + " " + target + " HTTP/1.1", "Host: router.test")
                            .read();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/openai/deployments/gpt-4o/../../files?x=1",
                "/openai/deployments/../deployments/gpt-4o/chat/completions",
                "/openai/deployments/%2e%2e/chat/completions",
                "/openai/deployments/gpt-4o/%2E%2e/%2e%2E/files",
                "/openai/deployments/gpt-4o/.%2e/chat/completions",
                "/openai/deployments/gpt-4o%2f..%2fo3/chat/completions",
                "/openai/deployments/gpt-4o%5c..%5co3/chat/completions",
                "/openai/deployments/gpt-4o/./chat/completions",
                "/openai/v1/responses/..%2ffiles",
                "/openai/v1/responses/resp_1%2f..%2f..%2ffiles%2ffile-1",
                "/openai/v1/responses/resp_1/../../files/file-1",
                "/openai/v1/files/..",
                "/models/../openai/deployments/o3/chat/completions",
                "/anthropic/v1/../../openai/v1/chat/completions",
                "/router/../openai/v1/chat/completions",
                "//..//openai/v1/chat/completions",
                "/openai/v1/chat/completions%",
                "/openai/v1/chat/completions%2",
                "/openai/v1/files/%zz",
                "/openai/v1/files/file|1",
                "/openai/v1/chat/completions#part",
                "/openai/v1/files/file\"1"
            })
    void aPathThatClimbsOrIsMalformedIsRefused(String target) throws Exception {
        Caller caller = start(settings, clock);
        east.faults().add(ANYTHING);

        send(caller, "POST", target).isError(400, "invalid_path");

        assertThat(east.log()).isEmpty();
    }

    /** Servers that know path parameters strip them before they look for dot segments (CVE-2018-1271 and kin). */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/openai/v1/responses/..;/files/file-1",
                "/openai/v1/responses/..;x=y/files/file-1",
                "/openai/deployments/gpt-4o/..;/o3/chat/completions",
                "/openai/v1/responses/%2e%2e%3b/files/file-1"
            })
    void aDotSegmentWithParametersIsRefused(String target) throws Exception {
        Caller caller = start(settings, clock);
        east.faults().add(ANYTHING);

        send(caller, "POST", target).isError(400, "invalid_path");

        assertThat(east.log()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/openai//v1/chat/completions",
                "/openai/v1//chat/completions",
                "/openai/deployments//chat/completions",
                "/openai/deployments/gpt-4o/",
                "/openai/deployments/gpt-4o",
                "/openai/v1/",
                "/openai;x=1/v1/chat/completions",
                "/openai/v1;x=1/chat/completions",
                "/openai%2fv1/chat/completions",
                "/%6fpenai/v1/chat/completions",
                "/openai/v1/chat/completions/",
                "/openai/v1/chat/completions;x=1",
                "/openai/v1/chat%2fcompletions",
                "/openai/v1/chat/completions%00",
                "/openai/%76%31/chat/completions"
            })
    void aPathThatIsAlmostOneIsNotFound(String target) throws Exception {
        Caller caller = start(settings, clock);
        east.faults().add(ANYTHING);

        send(caller, "POST", target).isError(404, "404");

        assertThat(east.log()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpt-4o%2f",
                "gpt-4o%2fchat",
                "%2f",
                "gpt-4o%5c",
                "gpt-4o;v=1",
                "gpt-4o%00",
                "%ff",
                "gpt-4o%0d%0ax:y"
            })
    void aDeploymentInDisguiseIsNotFound(String deployment) throws Exception {
        Caller caller = start(settings, clock);
        east.faults().add(ANYTHING);

        send(caller, "POST", "/openai/deployments/" + deployment + "/chat/completions?api-version=1")
                .isError(404, "DeploymentNotFound");

        assertThat(east.log()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/openai/v1/responses/resp_1%00",
                "/openai/v1/responses/resp_1;x=1",
                "/openai/v1/responses//resp_1",
                "/openai/v1/responses/resp_1/",
                "/openai/v1/files/%252e%252e%252ffiles",
                "/openai/v1/files/file-%ff%c0%ae",
                "/openai/v1/files/file-1?after=../../x&a=%00&=&&b=%zz"
            })
    void anOddIdStaysInItsFamily(String target) throws Exception {
        Caller caller = start(settings, clock);
        east.faults().add(ANYTHING);

        Reply reply = send(caller, "GET", target);

        if (reply.status() == 400) {
            reply.isError(400, "invalid_path");
            assertThat(east.log()).isEmpty();
        } else {
            reply.isOk();
            assertThat(east.log()).extracting(ReceivedRequest::uri).containsExactly(target);
        }
    }

    /** A region that decodes a slash sees another resource, or another operation, than the router did. */
    @ParameterizedTest
    @CsvSource({
        "DELETE, /openai/v1/vector_stores/vs_1%2ffiles%2ffile-1",
        "GET, /openai/v1/responses/resp_1%2finput_items",
        "GET, /openai/v1/files%2ffile-1",
        "GET, /openai/v1/files/file-1%5ccontent"
    })
    void anEncodedSlashDoesNotMakeASegment(String method, String target) throws Exception {
        Caller caller = start(settings, clock);
        east.faults().add(ANYTHING);

        Reply reply = send(caller, method, target);

        assertThat(reply.status()).as("%s", reply).isIn(400, 404);
        assertThat(east.log()).extracting(ReceivedRequest::uri).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/models/nothing",
                "/models/",
                "/models/chat",
                "/models/chat/completions/x",
                "/models//chat/completions",
                "/anthropic/v1/nothing",
                "/anthropic/v1/",
                "/anthropic/v1/messages/x/y",
                "/anthropic/v1/organizations/api_keys"
            })
    void anUnknownOperationIsNotFoundInEveryFamily(String path) throws Exception {
        Caller caller = start(settings, clock);
        east.faults().add(ANYTHING);

        send(caller, "POST", path).isError(404, "404");
        send(caller, "GET", path).isError(404, "404");

        assertThat(east.log()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 8_000, 15_000})
    void aLongPathIsNeitherEchoedAtLengthNorHarmful(int length) throws Exception {
        Caller caller = start(settings, clock);

        Reply unknown = send(caller, "POST", "/openai/deployments/" + "x".repeat(length) + "/chat/completions")
                .isError(404, "DeploymentNotFound");
        Reply deep = send(caller, "POST", "/openai/" + "a/".repeat(length / 2)).isError(404, "404");
        Reply bare =
                send(caller, "POST", "/responses" + "/x".repeat(length / 2 - 8)).isError(404, "404");

        assertThat(unknown.body()).hasSizeLessThan(1_000);
        assertThat(deep.body()).hasSizeLessThan(1_000);
        assertThat(bare.body()).as("the path is the caller's to choose").hasSizeLessThan(1_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "FOO", "post", "PROPFIND", "OPTIONS", "PUT", "DELETE", "HEAD"})
    void aMethodThatIsNotTheOperationsOwnIsNotAllowed(String method) throws Exception {
        Caller caller = start(settings, clock);

        try (RawCaller raw = new RawCaller(caller.router())) {
            Reply head = raw.head(method + " " + Caller.CHAT + " HTTP/1.1", "Host: router.test", "Content-Length: 0")
                    .readHead();
            Reply reply = method.equals("HEAD") ? head : raw.readBody(head);
            if (!method.equals("HEAD") && isOfTheWorker(method)) {
                reply.isError(405, "405");
            }
            assertThat(reply.status()).isIn(404, 405);
            // the connection is still in step: a HEAD has no body, whatever its length says
            raw.post(Caller.CHAT, Caller.CHAT_BODY).read().isOk();
        }

        assertThat(east.log()).hasSize(1);
    }

    /** The Functions host itself answers methods that no trigger lists. */
    private boolean isOfTheWorker(String method) {
        return this instanceof BadInputTest.StreamingPaths
                || !(method.equals("TRACE")
                        || method.equals("FOO")
                        || method.equals("post")
                        || method.equals("PROPFIND"));
    }

    @Test
    void aModelListIsNoWayIntoARegion() throws Exception {
        Caller caller = start(settings, clock);
        east.faults().add(ANYTHING);

        send(caller, "GET", "/openai/v1/models/gpt-4o%2f..%2f..%2ffiles").isError(400, "invalid_path");
        send(caller, "GET", "/openai/v1/models/%00").isError(404, "DeploymentNotFound");
        send(caller, "GET", "/openai/v1/models/gpt-4o/files").isError(404, "DeploymentNotFound");

        assertThat(east.log()).isEmpty();
    }
}
