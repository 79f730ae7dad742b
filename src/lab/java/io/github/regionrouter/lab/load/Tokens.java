package io.github.regionrouter.lab.load;

/**
 * The tokens of one answer, or of many.
 *
 * @param prompt as reported; 0 where nothing is
 * @param completion as reported; where nothing is, the events with content of a stream are counted, which is close
 * @param cached of the prompt, as reported
 * @param counted how many streams were counted for want of a report
 * @param untold how many other answers had no report, so that none of their tokens are counted
 */
record Tokens(long prompt, long completion, long cached, long counted, long untold) {

    static final Tokens NONE = new Tokens(0, 0, 0, 0, 0);

    Tokens plus(Tokens more) {
        return new Tokens(
                prompt + more.prompt,
                completion + more.completion,
                cached + more.cached,
                counted + more.counted,
                untold + more.untold);
    }

    long total() {
        return prompt + completion;
    }
}
