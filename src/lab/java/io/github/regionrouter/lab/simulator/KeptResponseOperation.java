package io.github.regionrouter.lab.simulator;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is asked of a kept response by its id: to read it, its input, to cancel it, to forget it. */
final class KeptResponseOperation implements Operation {

    private final String name;
    private final Work work;

    private KeptResponseOperation(String name, Work work) {
        this.name = name;
        this.work = work;
    }

    static Operation read(KeptResponses kept) {
        return new KeptResponseOperation(
                "Responses_Get", id -> Answer.json(200, known(id, kept.find(id)).shown()));
    }

    static Operation inputItems(KeptResponses kept) {
        return new KeptResponseOperation(
                "Responses_ListInputItems",
                id -> Answer.json(200, known(id, kept.find(id)).inputItems()));
    }

    /** Only what runs in the background can be cancelled; in this region that is never done before somebody cancels it. */
    static Operation cancel(KeptResponses kept) {
        return new KeptResponseOperation("Responses_Cancel", id -> {
            if (!known(id, kept.find(id)).response().background()) {
                throw Refusal.badRequest("Cannot cancel a synchronous response.", "response_id");
            }
            return Answer.json(
                    200, known(id, kept.change(id, KeptResponse::stopped)).shown());
        });
    }

    static Operation delete(KeptResponses kept) {
        return new KeptResponseOperation("Responses_Delete", id -> {
            known(id, kept.remove(id));
            return Answer.json(200, Json.map("id", id, "object", "response", "deleted", true));
        });
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean forDeployment() {
        return false;
    }

    @Override
    public Answer answer(Call call) {
        return work.on(Objects.requireNonNull(call.variable("id")));
    }

    private static KeptResponse known(String id, @Nullable KeptResponse found) {
        if (found == null) {
            throw Refusal.of(
                    404,
                    AzureError.openAi("Response with id '" + id + "' not found.", "invalid_request_error", null, null));
        }
        return found;
    }

    private interface Work {
        Answer on(String id);
    }
}
