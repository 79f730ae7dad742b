package io.github.regionrouter.testing;

import io.github.regionrouter.lab.simulator.SimulatedRegion;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes settings documents for tests; immutable. Without callers everybody may call. */
public final class SettingsJson {

    private final Map<String, String> sections;
    private final Map<String, String> models;

    private SettingsJson(Map<String, String> sections, Map<String, String> models) {
        this.sections = sections;
        this.models = models;
    }

    /** One model with its regions, the first of which is the first tier. */
    public static SettingsJson model(String name, At... regions) {
        return new SettingsJson(Map.of(), Map.of()).and(name, regions);
    }

    /** A further model. */
    public SettingsJson and(String name, At... regions) {
        return withModel(name, "\"regions\":" + list(Arrays.asList(regions)));
    }

    /** A further model whose callers without a zone are kept in the zone of its first region. */
    public SettingsJson andFenced(String name, At... regions) {
        return withModel(name, "\"stayInZone\":true,\"regions\":" + list(Arrays.asList(regions)));
    }

    /** The inside of the section {@code retry}. */
    public SettingsJson retry(String members) {
        return withSection("retry", "{" + members + "}");
    }

    /** Callers, each as JSON. */
    public SettingsJson callers(String... callers) {
        return withSection("callers", list(Arrays.asList(callers)));
    }

    public SettingsJson anonymous() {
        return withSection("anonymous", "true");
    }

    /** A caller as JSON; {@code more} are further members. */
    public static String caller(String name, String key, String... more) {
        return "{\"name\":\"" + name + "\",\"keys\":[{\"value\":\"" + key + "\"}]"
                + Arrays.stream(more).map(member -> "," + member).collect(Collectors.joining()) + "}";
    }

    /** A region with the key that {@link #keyOf} names. */
    public static At at(SimulatedRegion region) {
        return at(region.config().name(), region.endpoint());
    }

    /** A region with the key that {@link #keyOf} names. */
    public static At at(String name, URI endpoint) {
        return new At("{\"name\":\"" + name + "\",\"endpoint\":\"" + endpoint + "\",\"apiKey\":{\"value\":\""
                + keyOf(name) + "\"}");
    }

    /** A region that takes the token of the router's identity. */
    public static At withoutKey(String name, URI endpoint) {
        return new At("{\"name\":\"" + name + "\",\"endpoint\":\"" + endpoint + "\"");
    }

    /** The key of a region in these settings. */
    public static String keyOf(String region) {
        return "key-of-" + region;
    }

    @Override
    public String toString() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("models", object(models));
        if (!sections.containsKey("callers")) {
            all.put("anonymous", "true");
        }
        all.putAll(sections);
        return object(all);
    }

    private SettingsJson withModel(String name, String members) {
        Map<String, String> more = new LinkedHashMap<>(models);
        more.put(name, "{" + members + "}");
        return new SettingsJson(sections, more);
    }

    private SettingsJson withSection(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(sections);
        more.put(name, value);
        return new SettingsJson(more, models);
    }

    private static String object(Map<String, String> members) {
        return members.entrySet().stream()
                .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String list(List<?> values) {
        return values.stream().map(Object::toString).collect(Collectors.joining(",", "[", "]"));
    }

    /** One region of a model; immutable. */
    public static final class At {
        private final List<String> members;

        private At(String open) {
            this(List.of(open));
        }

        private At(List<String> members) {
            this.members = members;
        }

        public At deployment(String name) {
            return with("\"deployment\":\"" + name + "\"");
        }

        public At zone(String name) {
            return with("\"zone\":\"" + name + "\"");
        }

        public At priority(int tier) {
            return with("\"priority\":" + tier);
        }

        private At with(String member) {
            List<String> more = new ArrayList<>(members);
            more.add(member);
            return new At(more);
        }

        @Override
        public String toString() {
            return String.join(",", members) + "}";
        }
    }
}
