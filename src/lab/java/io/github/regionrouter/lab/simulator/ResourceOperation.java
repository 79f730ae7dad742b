package io.github.regionrouter.lab.simulator;

import java.util.function.Function;

/** An operation on something that the resource keeps, which no deployment has a part in. */
record ResourceOperation(String name, Function<Call, Answer> work) implements Operation {

    @Override
    public boolean forDeployment() {
        return false;
    }

    @Override
    public Answer answer(Call call) {
        return work.apply(call);
    }
}
