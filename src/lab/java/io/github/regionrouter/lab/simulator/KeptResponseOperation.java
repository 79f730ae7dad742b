package io.github.regionrouter.lab.simulator;

import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is asked of a kept response by its id: to read it, its input, to cancel it, to forget it. */
final class KeptResponseOperation {

    private KeptResponseOperation() {}

    static Operation read(KeptResponses kept) {
        return of("Responses_Get", id -> shown(id, kept, kept.find(id)));
    }

    static Operation inputItems(KeptResponses kept) {
        return of(
                "Responses_ListInputItems",
                id -> Answer.json(200, known(id, kept.find(id)).inputItems()));
    }

    /** Only what runs in the background, and still does; once more is no mistake. */
    static Operation cancel(KeptResponses kept) {
        return of("Responses_Cancel", id -> {
            KeptResponse found = known(id, kept.find(id));
            if (!found.response().background()) {
                throw Refusal.badRequest("Cannot cancel a synchronous response.", "response_id");
            }
            if (found.state(kept.now()) == KeptResponse.State.ENDED) {
                throw Refusal.badRequest("Cannot cancel a completed response.", "response_id");
            }
            return shown(id, kept, kept.change(id, KeptResponse::cancelled));
        });
    }

    static Operation delete(KeptResponses kept) {
        return of("Responses_Delete", id -> {
            known(id, kept.remove(id));
            return Answer.json(200, Json.map("id", id, "object", "response", "deleted", true));
        });
    }

    private static Operation of(String name, Function<String, Answer> work) {
        return new ResourceOperation(name, call -> work.apply(Objects.requireNonNull(call.variable("id"))));
    }

    private static Answer shown(String id, KeptResponses kept, @Nullable KeptResponse found) {
        return Answer.json(200, known(id, found).shown(kept.now()));
    }

    private static KeptResponse known(String id, @Nullable KeptResponse found) {
        if (found == null) {
            throw Refusal.of(
                    404,
                    AzureError.openAi("Response with id '" + id + "' not found.", "invalid_request_error", null, null));
        }
        return found;
    }
}
