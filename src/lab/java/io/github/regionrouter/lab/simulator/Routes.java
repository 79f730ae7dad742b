package io.github.regionrouter.lab.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** The operations that every region has, and what they keep. */
final class Routes {

    private final List<Route> routes = new ArrayList<>();

    private Routes() {}

    /**
     * For one region: what it keeps is not known to another.
     *
     * @param clock by which responses in the background go on
     */
    static List<Route> all(LongSupplier clock) {
        KeptFiles files = new KeptFiles();
        Operation chat = new ChatCompletions(new FileReferences(files));
        Routes all = new Routes();
        all.forDeployment("/chat/completions", chat);
        all.stateless();
        all.responses(new KeptResponses(clock), new FileReferences(files));
        all.files(files);
        all.otherFamilies(chat);
        return List.copyOf(all.routes);
    }

    private void stateless() {
        forDeployment("/completions", new Completions());
        forDeployment("/embeddings", new Embeddings());
        forDeployment("/audio/transcriptions", AudioToText.transcriptions());
        forDeployment("/audio/translations", AudioToText.translations());
        forDeployment("/images/generations", Images.generations());
        forDeployment("/images/edits", Images.edits());
        both("GET", "/models", Models.list());
        both("GET", "/models/{id}", Models.read());
    }

    private void responses(KeptResponses kept, FileReferences files) {
        both("POST", "/responses", new Responses(kept, files));
        both("GET", "/responses/{id}", KeptResponseOperation.read(kept));
        both("DELETE", "/responses/{id}", KeptResponseOperation.delete(kept));
        both("GET", "/responses/{id}/input_items", KeptResponseOperation.inputItems(kept));
        both("POST", "/responses/{id}/cancel", KeptResponseOperation.cancel(kept));
    }

    private void files(KeptFiles kept) {
        both("POST", "/files", KeptFileOperation.upload(kept));
        both("GET", "/files", KeptFileOperation.list(kept));
        both("GET", "/files/{id}", KeptFileOperation.read(kept));
        both("GET", "/files/{id}/content", KeptFileOperation.content(kept));
        both("DELETE", "/files/{id}", KeptFileOperation.delete(kept));
    }

    private void otherFamilies(Operation chat) {
        routes.add(Route.inference("POST", "/chat/completions", chat));
        routes.add(Route.inference("POST", "/embeddings", new Embeddings()));
        routes.add(Route.inference("GET", "/info", new ModelInfo()));
        routes.add(Route.anthropic("POST", "/messages", Anthropic.messages()));
        routes.add(Route.anthropic("POST", "/messages/count_tokens", Anthropic.countTokens()));
    }

    /** The deployment stands in the path of the dated API, and in the body of the v1 API. */
    private void forDeployment(String path, Operation operation) {
        routes.add(Route.dated("POST", "/deployments/{deployment}" + path, operation));
        routes.add(Route.v1("POST", path, operation));
    }

    private void both(String method, String path, Operation operation) {
        routes.add(Route.dated(method, path, operation));
        routes.add(Route.v1(method, path, operation));
    }
}
