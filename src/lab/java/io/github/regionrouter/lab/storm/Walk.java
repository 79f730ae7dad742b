package io.github.regionrouter.lab.storm;

/** Asks one region after the other, each once and at once; when none is left, the last answer goes to the caller. */
final class Walk implements Policy.Journey {

    private final int first;
    private final int regions;
    private int asked;

    Walk(int first, int regions) {
        this.first = first;
        this.regions = regions;
    }

    @Override
    public Move begin() {
        return new Move.Send((first + asked++) % regions);
    }

    @Override
    public Move after(Reply reply) {
        return reply instanceof Reply.Admitted || asked == regions ? new Move.Relay() : begin();
    }
}
