package io.github.regionrouter.lab.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A response that its region keeps. In the background it goes on by the clock, else with its exchange.
 *
 * @param input what it answers, newest first, as the service lists it
 * @param turns the text of all turns before it, of its input and of its answer: the beginning of what follows it
 * @param state what became of it; in the background, unless it was cancelled or read to its end, the clock says so
 * @param firstToken when the first token is there, if it is made in the background
 * @param lastToken when all are there
 */
record KeptResponse(
        ResponseObject response,
        List<Map<String, @Nullable Object>> input,
        PromptText turns,
        State state,
        long firstToken,
        long lastToken) {

    enum State {
        QUEUED,
        IN_PROGRESS,
        ENDED,
        CANCELLED,
        FAILED
    }

    /**
     * A response to be kept.
     *
     * @param asked the text of its input and of all turns before it
     */
    static KeptResponse of(ResponseObject response, PromptText asked, Pace pace, long now) {
        List<Map<String, @Nullable Object>> items = new ArrayList<>();
        for (Object item : response.request().list("input")) {
            items.add(0, item(JsonObject.of(item).orElseGet(() -> new JsonObject(Json.map("content", item)))));
        }
        PromptText turns = PromptText.of(response.generation().text()).after(asked);
        return new KeptResponse(
                response,
                List.copyOf(items),
                turns,
                State.IN_PROGRESS,
                now + pace.of(1).toNanos(),
                now + pace.of(response.generation().size()).toNanos());
    }

    /** The text of each item of its input and of its answer, by id. */
    Map<String, PromptText> items() {
        Map<String, PromptText> items = new HashMap<>();
        input.forEach(item -> items.put(String.valueOf(item.get("id")), PromptText.of(item)));
        items.put(response.item().id(), PromptText.of(response.generation().text()));
        return items;
    }

    /** What became of it by this time. */
    State state(long now) {
        if (state != State.IN_PROGRESS || !response.background()) {
            return state;
        }
        return now - lastToken >= 0 ? State.ENDED : now - firstToken >= 0 ? State.IN_PROGRESS : State.QUEUED;
    }

    /** Somebody cancelled it. */
    KeptResponse cancelled() {
        return with(State.CANCELLED);
    }

    /** The exchange that made it ended so. What runs in the background goes on without a reader. */
    KeptResponse ended(Ending how) {
        if (state != State.IN_PROGRESS || (response.background() && how != Ending.COMPLETED)) {
            return this;
        }
        return switch (how) {
            case COMPLETED -> with(State.ENDED);
            case CANCELLED -> with(State.CANCELLED);
            case BROKEN -> with(State.FAILED);
        };
    }

    private KeptResponse with(State now) {
        return new KeptResponse(response, input, turns, now, firstToken, lastToken);
    }

    Map<String, @Nullable Object> shown(long now) {
        return switch (state(now)) {
            case QUEUED -> response.queued();
            case IN_PROGRESS -> response.inProgress();
            case ENDED -> response.ended();
            case CANCELLED -> response.cancelled();
            case FAILED -> response.failed();
        };
    }

    Map<String, @Nullable Object> inputItems() {
        return Json.map(
                "object",
                "list",
                "data",
                input,
                "first_id",
                input.isEmpty() ? null : input.get(0).get("id"),
                "last_id",
                input.isEmpty() ? null : input.get(input.size() - 1).get("id"),
                "has_more",
                false);
    }

    /** With the members that callers may leave out. */
    private static Map<String, @Nullable Object> item(JsonObject given) {
        Map<String, @Nullable Object> item = Json.map("id", Ids.of("msg_"), "type", "message", "status", "completed");
        if (!given.has("type") || given.text("type").orElse("").equals("message")) {
            item.put("role", "user");
        }
        item.putAll(given.fields());
        given.text("content")
                .ifPresent(text -> item.put("content", List.of(Json.map("type", "input_text", "text", text))));
        return item;
    }
}
