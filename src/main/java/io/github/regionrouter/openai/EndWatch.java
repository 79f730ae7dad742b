package io.github.regionrouter.openai;

/**
 * Tells at the end of a stream whether it was whole: a connection that closes early looks just like a proper end, and no
 * client notices (R11).
 *
 * <p>Whole is a stream with a last event ({@link StreamFamily#isLast}), or with a {@code finish_reason} behind which no
 * more content came (with several choices the first one to finish says nothing of the others). An error event other than
 * {@code response.failed} spoils it, whatever follows. Of {@link StreamFamily#OTHER}, where no end is known, whole is what
 * has an event and does not break off inside one. Not thread-safe.
 */
public final class EndWatch {

    private final StreamFamily family;
    private boolean any;
    private boolean finished;
    private boolean last;
    private boolean spoiled;

    public EndWatch(StreamFamily family) {
        this.family = family;
    }

    /** Takes the next event, or at last the splitter's {@link EventSplitter#rest}. */
    public void see(StreamEvent event) {
        any = true;
        last |= family.isLast(event);
        switch (family.meaning(event)) {
            case END -> finished = true;
            case CONTENT -> finished = family == StreamFamily.OTHER && !(event.isRest() && event.hasData());
            case ERROR -> spoiled |= !family.isLast(event);
            case NOTHING_YET -> {}
        }
    }

    /** Whether the stream may end here. */
    public boolean endedProperly() {
        return any && !spoiled && (last || finished);
    }
}
