package io.github.regionrouter.lab.load;

/**
 * The tokens of one answer, or of many.
 *
 * @param prompt as reported; 0 where nothing is
 * @param completion as reported; where nothing is, the events with content are counted, which is close
 * @param cached of the prompt, as reported
 * @param counted how many answers were counted for want of a report
 */
record Tokens(long prompt, long completion, long cached, long counted) {

    static final Tokens NONE = new Tokens(0, 0, 0, 0);

    Tokens plus(Tokens more) {
        return new Tokens(
                prompt + more.prompt, completion + more.completion, cached + more.cached, counted + more.counted);
    }

    long total() {
        return prompt + completion;
    }
}
