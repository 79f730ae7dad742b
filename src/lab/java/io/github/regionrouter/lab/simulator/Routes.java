package io.github.regionrouter.lab.simulator;

import java.util.List;

/** The operations that every region has, and what they keep. */
final class Routes {

    private Routes() {}

    /** For one region: what it keeps is not known to another. */
    static List<Route> all() {
        Operation chat = new ChatCompletions();
        Operation completions = new Completions();
        Operation embeddings = new Embeddings();
        KeptResponses kept = new KeptResponses();
        Operation responses = new Responses(kept);
        Operation readResponse = KeptResponseOperation.read(kept);
        Operation inputItems = KeptResponseOperation.inputItems(kept);
        Operation cancelResponse = KeptResponseOperation.cancel(kept);
        Operation deleteResponse = KeptResponseOperation.delete(kept);
        Operation transcriptions = new AudioToText("Transcriptions_Create");
        Operation translations = new AudioToText("Translations_Create");
        return List.of(
                Route.dated("POST", "/deployments/{deployment}/chat/completions", chat),
                Route.dated("POST", "/deployments/{deployment}/completions", completions),
                Route.dated("POST", "/deployments/{deployment}/embeddings", embeddings),
                Route.dated("POST", "/deployments/{deployment}/audio/transcriptions", transcriptions),
                Route.dated("POST", "/deployments/{deployment}/audio/translations", translations),
                Route.dated("POST", "/responses", responses),
                Route.dated("GET", "/responses/{id}", readResponse),
                Route.dated("DELETE", "/responses/{id}", deleteResponse),
                Route.dated("GET", "/responses/{id}/input_items", inputItems),
                Route.dated("POST", "/responses/{id}/cancel", cancelResponse),
                Route.v1("POST", "/chat/completions", chat),
                Route.v1("POST", "/completions", completions),
                Route.v1("POST", "/embeddings", embeddings),
                Route.v1("POST", "/audio/transcriptions", transcriptions),
                Route.v1("POST", "/audio/translations", translations),
                Route.v1("POST", "/responses", responses),
                Route.v1("GET", "/responses/{id}", readResponse),
                Route.v1("DELETE", "/responses/{id}", deleteResponse),
                Route.v1("GET", "/responses/{id}/input_items", inputItems),
                Route.v1("POST", "/responses/{id}/cancel", cancelResponse));
    }
}
