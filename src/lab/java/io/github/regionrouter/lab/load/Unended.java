package io.github.regionrouter.lab.load;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** The columns of calls without an end of their own. A run without such calls has none of them. */
record Unended(String title, ToLongFunction<Counts> of) {

    static List<Unended> columns(LoadReport report) {
        List<Unended> columns = new ArrayList<>();
        if (report.all().counts().givenUp() > 0) {
            columns.add(new Unended("given up", Counts::givenUp));
        }
        if (report.all().counts().notStarted() > 0) {
            columns.add(new Unended("not sent", Counts::notStarted));
        }
        return List.copyOf(columns);
    }

    long count(Group group) {
        return of.applyAsLong(group.counts());
    }
}
