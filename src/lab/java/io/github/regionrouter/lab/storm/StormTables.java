package io.github.regionrouter.lab.storm;

import java.util.Locale;

/** The figures as tables of Markdown. */
record StormTables(Storm storm) {

    /** A table for each workload, and one for numbers of instances. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (Workload workload : storm.workloads()) {
            workload(workload, text);
        }
        text.append("### One, four and forty instances of the router\n\n")
                .append(
                        "| workload | goodput at 1 | 4 | 40 | wasted at 1 | 4 | 40 | callers with 429 at 1 | 4 | 40 |\n")
                .append("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|\n");
        storm.workloads().forEach(workload -> instances(workload, text));
        return text.append('\n').toString();
    }

    private void workload(Workload workload, StringBuilder text) {
        text.append("### ").append(workload.title()).append("\n\n");
        text.append("| policy | answered | goodput of the oracle's | callers with 429 | attempts wasted on 429 |"
                + " wait p50 / p95 / p99 (ms) | true retry-after | off the weights |"
                + (workload.cacheKeys() > 0 ? " cache hits |" : workload.hasTiers() ? " by the first tier |" : "")
                + "\n|---|--:|--:|--:|--:|--:|--:|--:|");
        text.append(workload.cacheKeys() > 0 || workload.hasTiers() ? "--:|\n" : "\n");
        for (Policies policy : Policies.values()) {
            row(workload, policy, text);
        }
        text.append('\n');
    }

    private void row(Workload workload, Policies policy, StringBuilder text) {
        Figures figures = storm.of(workload, policy, Storm.USUAL);
        text.append("| ").append(policy == Policies.ROUTER ? "**" + policy.title() + "**" : policy.title());
        cell(percent(figures.answeredShare()), text);
        cell(percent(storm.goodput(workload, policy, Storm.USUAL)), text);
        cell(percent(figures.throttledShare()), text);
        cell(percent(figures.wasted()), text);
        cell(figures.waited(50) + " / " + figures.waited(95) + " / " + figures.waited(99), text);
        cell(percent(figures.toldTrue()), text);
        cell(percent(figures.unevenness(workload.regions())), text);
        if (workload.cacheKeys() > 0) {
            cell(percent(figures.cacheHits()), text);
        } else if (workload.hasTiers()) {
            cell(percent(figures.firstTier(workload.regions())), text);
        }
        text.append(" |\n");
    }

    private void instances(Workload workload, StringBuilder text) {
        text.append("| ").append(workload.title());
        for (int instances : Storm.INSTANCES) {
            cell(percent(storm.goodput(workload, Policies.ROUTER, instances)), text);
        }
        for (int instances : Storm.INSTANCES) {
            cell(percent(storm.of(workload, Policies.ROUTER, instances).wasted()), text);
        }
        for (int instances : Storm.INSTANCES) {
            cell(percent(storm.of(workload, Policies.ROUTER, instances).throttledShare()), text);
        }
        text.append(" |\n");
    }

    private static void cell(String value, StringBuilder text) {
        text.append(" | ").append(value);
    }

    /** With as many places as say something. */
    static String percent(double share) {
        if (Double.isNaN(share)) {
            return "–";
        }
        return String.format(Locale.ROOT, share > 0 && share < 0.1 ? "%.2f %%" : "%.1f %%", 100 * share);
    }
}
