package io.github.regionrouter.lab.simulator;

import java.util.List;
import java.util.Optional;

/** {@code responses}, whole or as a stream. What may be stored is kept, and can be followed up in this region only. */
final class Responses implements Operation {

    private static final String LIMIT = "max_output_tokens";
    private static final List<String> INPUTS = List.of("input", "previous_response_id", "prompt", "conversation");

    private final KeptResponses kept;
    private final ItemReferences items;
    private final FileReferences files;

    Responses(KeptResponses kept, FileReferences files) {
        this.kept = kept;
        items = new ItemReferences(kept);
        this.files = files;
    }

    @Override
    public String name() {
        return "Responses_Create";
    }

    @Override
    public Demand demand(Call call) {
        return Demand.of(call.json(), turns(call.json()), LIMIT);
    }

    @Override
    public Answer answer(Call call) {
        JsonObject body = call.json();
        BodyCheck.usual(body, LIMIT);
        if (INPUTS.stream().noneMatch(body::has)) {
            throw BodyCheck.missing(
                    "One of 'input' or 'previous_response_id' or 'prompt' or 'conversation' must be provided.",
                    "input");
        }
        body.text("previous_response_id").filter(id -> kept.find(id) == null).ifPresent(Responses::refuseUnknown);
        conversation(body).ifPresent(Responses::refuseUnknownConversation);
        items.check(body);
        files.check(body.value("input"));
        files.check(body.value("tools"));
        Generation generation = Generation.of(call);
        ResponseObject response = ResponseObject.of(call, generation);
        if (response.stored()) {
            kept.keep(KeptResponse.of(response, turns(body), call.config().pace(), kept.now()));
        }
        if (response.background() && !body.isTrue("stream")) {
            return Answer.beforehand(response.queued(), response.generation().size());
        }
        call.request().whenMade(how -> kept.change(response.id(), made -> made.ended(how)));
        return body.isTrue("stream")
                ? Answer.events(new ResponseEvents(response).all())
                : Answer.generated(response.ended(), response.generation().size());
    }

    /** The input, with the turns before it. */
    private PromptText turns(JsonObject body) {
        PromptText input = items.read(body);
        return body.text("previous_response_id")
                .map(kept::find)
                .map(previous -> input.after(previous.turns()))
                .orElse(input);
    }

    private static Optional<String> conversation(JsonObject body) {
        return body.text("conversation").or(() -> body.object("conversation").text("id"));
    }

    /** No region makes conversations, so none has one. */
    private static void refuseUnknownConversation(String id) {
        throw Refusal.of(
                404,
                AzureError.openAi(
                        "Conversation with id '" + id + "' not found.", "invalid_request_error", "conversation", null));
    }

    private static void refuseUnknown(String id) {
        throw Refusal.of(
                400,
                AzureError.openAi(
                        "Previous response with id '" + id + "' not found.",
                        "invalid_request_error",
                        "previous_response_id",
                        "previous_response_not_found"));
    }
}
