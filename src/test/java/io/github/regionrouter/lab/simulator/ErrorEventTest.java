package io.github.regionrouter.lab.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An error in a stream has the shape of its family, unless the fault says otherwise. */
final class ErrorEventTest {

    private static final String MESSAGE = "That model is currently overloaded with other requests. You can retry your"
            + " request, or contact us through an Azure support request if the error persists.";

    private final SimulatedRegion region = SimulatedRegion.start(RegionConfig.named("eastus2"));
    private final Caller caller = new Caller(region);

    @AfterEach
    void stop() {
        region.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "/openai/v1/chat/completions|data: {'error':{'message':'MESSAGE','type':'server_error','param':null,'code':null}}",
                "/openai/v1/completions|data: {'error':{'message':'MESSAGE','type':'server_error','param':null,'code':null}}",
                "/openai/v1/responses|event: error;data: {'type':'error','code':'server_error','message':'MESSAGE','param':null,'sequence_number':2}",
                "/anthropic/v1/messages|event: error;data: {'type':'error','error':{'type':'overloaded_error','message':'Overloaded'}}",
            })
    void itSaysThatTheModelIsOverloaded(String path, String expected) throws Exception {
        region.faults().replace(FaultReader.read("[{\"kind\":\"errorEvent\",\"events\":2}]".getBytes()));

        assertThat(stream(path))
                .endsWith("\n\n"
                        + expected.replace("MESSAGE", MESSAGE)
                                .replace('\'', '"')
                                .replace(';', '\n') + "\n\n");
    }

    private String stream(String path) throws Exception {
        String body = "{'model':'m','max_tokens':9,'stream':true,'input':'Hi','prompt':'Hi',"
                + "'messages':[{'role':'user','content':'Hi'}]}";
        return caller.send(caller.to(path)
                        .header("anthropic-version", "2023-06-01")
                        .POST(BodyPublishers.ofString(body.replace('\'', '"'))))
                .body();
    }
}
