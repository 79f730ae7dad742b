package io.github.regionrouter.lab.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/** Who is compared. */
final class Gateways {

    /** What a reader calls them, in the order of the tables. */
    static final Map<String, String> NAMES = names();

    private Gateways() {}

    private static Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("direct", "no gateway");
        names.put("nginx", "nginx");
        names.put("haproxy", "HAProxy");
        names.put("bare", "bare Reactor Netty");
        names.put("router", "**Region Router**, streaming host");
        names.put("spring-cloud-gateway", "Spring Cloud Gateway");
        names.put("portkey", "Portkey's gateway");
        return names;
    }
}
