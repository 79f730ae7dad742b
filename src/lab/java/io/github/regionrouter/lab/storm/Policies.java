package io.github.regionrouter.lab.storm;

import java.util.List;

/** The policies of docs/storm.md. */
enum Policies {
    ROUTER("Region Router", RouterPolicy::new),
    API_MANAGEMENT("API Management, random start", ApiManagementWalk::new),
    ROUND_ROBIN("round robin, retry at once", RoundRobin::new),
    CIRCUIT_BREAKERS("circuit-breaker pool", CircuitBreakerPool::new),
    LEAST_BUSY("least busy, 5 s cooldown", LeastBusy::new),
    PRIORITY_ONLY("priority only", PriorityOnly::new),
    ORACLE("oracle", Oracle::new);

    private final String title;
    private final Policy.Maker maker;

    Policies(String title, Policy.Maker maker) {
        this.title = title;
        this.maker = maker;
    }

    String title() {
        return title;
    }

    Policy.Maker maker() {
        return maker;
    }

    /** All but the oracle, which nobody can run. */
    static List<Policies> real() {
        return List.of(ROUTER, API_MANAGEMENT, ROUND_ROBIN, CIRCUIT_BREAKERS, LEAST_BUSY, PRIORITY_ONLY);
    }
}
