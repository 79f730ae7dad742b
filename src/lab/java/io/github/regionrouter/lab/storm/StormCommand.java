package io.github.regionrouter.lab.storm;

import java.util.LinkedHashMap;
import java.util.Map;

/** Quick look. */
public final class StormCommand {
    public static void main(String[] args) {
        Map<String, Policy.Maker> policies = new LinkedHashMap<>();
        policies.put("router", RouterPolicy::new);
        policies.put("apim", ApiManagementWalk::new);
        policies.put("rr", RoundRobin::new);
        policies.put("breaker", CircuitBreakerPool::new);
        policies.put("priority", PriorityOnly::new);
        policies.put("busy", LeastBusy::new);
        policies.put("oracle", Oracle::new);
        String only = args.length > 0 ? args[0] : "";
        for (Workload workload : Workloads.all()) {
            if (!workload.name().contains(only)) continue;
            Figures oracle = Run.of(workload, Oracle::new, 1, 1);
            for (var policy : policies.entrySet()) {
                for (int n : new int[] {1, 4, 40}) {
                    if (n > 1 && !policy.getKey().equals("router") && args.length < 2) continue;
                    long t = System.nanoTime();
                    Figures f = Run.of(workload, policy.getValue(), n, 1);
                    System.out.printf(
                            "%-12s %-9s %3d answered %7.3f%% goodput %7.2f%% 429 %6.3f%% wasted %6.2f%% wait %d/%d/%d ms told %.3f cache %.3f r0 %.2f %dms%n",
                            workload.name(),
                            policy.getKey(),
                            n,
                            100 * f.answeredShare(),
                            100.0 * f.goodput() / oracle.goodput(),
                            100 * f.throttledShare(),
                            100 * f.wasted(),
                            f.waited(50),
                            f.waited(95),
                            f.waited(99),
                            f.toldTrue(),
                            f.cacheHits(),
                            f.shareOf(0),
                            (System.nanoTime() - t) / 1000000);
                }
            }
        }
    }
}
