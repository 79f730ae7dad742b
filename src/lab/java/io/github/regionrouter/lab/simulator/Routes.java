package io.github.regionrouter.lab.simulator;

import java.util.List;

/** The operations that every region has. */
final class Routes {

    private Routes() {}

    static List<Route> all() {
        Operation chat = new ChatCompletions();
        Operation completions = new Completions();
        Operation embeddings = new Embeddings();
        Operation responses = new Responses();
        Operation transcriptions = new AudioToText("Transcriptions_Create");
        Operation translations = new AudioToText("Translations_Create");
        return List.of(
                Route.dated("POST", "/deployments/{deployment}/chat/completions", chat),
                Route.dated("POST", "/deployments/{deployment}/completions", completions),
                Route.dated("POST", "/deployments/{deployment}/embeddings", embeddings),
                Route.dated("POST", "/deployments/{deployment}/audio/transcriptions", transcriptions),
                Route.dated("POST", "/deployments/{deployment}/audio/translations", translations),
                Route.dated("POST", "/responses", responses),
                Route.v1("POST", "/chat/completions", chat),
                Route.v1("POST", "/completions", completions),
                Route.v1("POST", "/embeddings", embeddings),
                Route.v1("POST", "/audio/transcriptions", transcriptions),
                Route.v1("POST", "/audio/translations", translations),
                Route.v1("POST", "/responses", responses));
    }
}
