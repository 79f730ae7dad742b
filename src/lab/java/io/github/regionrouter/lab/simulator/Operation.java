package io.github.regionrouter.lab.simulator;

/** One operation of the service. Implementations have no state of their own or guard it: calls come on many threads. */
interface Operation {

    /** The name as messages of Azure have it, e.g. {@code ChatCompletions_Create}. */
    String name();

    /** The answer to a call which passed key, version, deployment and quota; a {@link Refusal} is an answer too. */
    Answer answer(Call call);

    /** Whether a call is for a deployment, in the path or in the body, and so under its quota. */
    default boolean forDeployment() {
        return true;
    }

    /** What a call asks for in tokens, as far as that is known when it arrives. */
    default Demand demand(Call call) {
        return Demand.NONE;
    }
}
