package io.github.regionrouter.lab.simulator;

/** {@code responses}, whole or as a stream. Nothing is stored yet: a call which refers to an earlier answer finds none. */
final class Responses implements Operation {

    private static final String LIMIT = "max_output_tokens";

    @Override
    public String name() {
        return "Responses_Create";
    }

    @Override
    public long estimate(Call call) {
        return Generation.estimate(call, call.json().value("input"), LIMIT);
    }

    @Override
    public Answer answer(Call call) {
        JsonObject body = call.json();
        body.text("previous_response_id").ifPresent(Responses::refuseUnknown);
        Generation generation = Generation.of(call, body.value("input"), LIMIT);
        ResponseObject response = ResponseObject.of(call, generation);
        return body.isTrue("stream")
                ? Answer.events(new ResponseEvents(response).all())
                : Answer.generated(response.completed(), generation.size());
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
