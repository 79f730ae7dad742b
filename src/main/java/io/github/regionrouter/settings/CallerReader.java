package io.github.regionrouter.settings;

import io.github.regionrouter.settings.RouterSettings.Caller;
import io.github.regionrouter.settings.RouterSettings.CallerKey;
import io.github.regionrouter.settings.RouterSettings.Quota;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads who may call. */
final class CallerReader {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final Secrets secrets;

    CallerReader(Secrets secrets) {
        this.secrets = secrets;
    }

    /** Those that can be read; what is wrong is noted. */
    List<Caller> callers(Node root) {
        Node models = root.object("models");
        Set<String> known = models == null ? Set.of() : models.names();
        List<Caller> callers = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Map<String, String> ownerOfKey = new LinkedHashMap<>();
        Set<String> principals = new HashSet<>();
        for (Node node : root.objects("callers")) {
            try (node) {
                Caller caller = caller(node, known);
                if (!caller.name().isEmpty() && !names.add(caller.name())) {
                    node.fault("name", caller.name() + " (expected: a name that no other caller has)");
                }
                for (CallerKey key : caller.keys()) {
                    if (ownerOfKey.put(key.value(), node.path()) != null) {
                        node.fault("keys", "one of them is used twice (expected: a key of its own for each)");
                    }
                }
                if (!caller.principals().stream().allMatch(principals::add)) {
                    node.fault("principals", "one of them is another caller's (expected: each once)");
                }
                callers.add(caller);
            }
        }
        return callers;
    }

    private Caller caller(Node node, Set<String> known) {
        String name = node.string("name", NAME, "letters, digits and . _ -, at most 64");
        if (!node.has("name")) {
            node.fault("name", "missing (expected: a name for the logs)");
        }
        if (Caller.ANYBODY.name().equals(name)) {
            node.fault("name", name + " (expected: another; it is the name of calls without a key)");
        }
        List<CallerKey> keys = new ArrayList<>();
        for (Node key : node.objects("keys")) {
            String value = SecretReader.read(key, secrets);
            if (value != null && !value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                node.fault(
                        "keys", "one has a character that no header can carry (expected: printable ASCII, no spaces)");
            } else if (value != null) {
                keys.add(new CallerKey(value));
            }
        }
        Set<String> principals = new LinkedHashSet<>(node.strings("principals"));
        if (!node.isFilled("keys") && !node.isFilled("principals")) {
            node.fault("keys", "missing or empty (expected: at least one key, or principals)");
        }
        Set<String> models = node.has("models") ? new HashSet<>(node.strings("models")) : null;
        if (models != null) {
            models.stream()
                    .filter(model -> !known.contains(model))
                    .sorted()
                    .forEach(model -> node.fault("models", model + " (expected: a model of this document)"));
        }
        return new Caller(
                name == null ? "" : name,
                keys,
                models,
                node.string("zone", RegionReader.ZONE, RegionReader.ZONE_RULE),
                node.flag("forceRegion"),
                principals,
                new Quota(
                        node.integer("tokensPerMinute", 0, 1, 1_000_000_000),
                        node.integer("requestsPerMinute", 0, 1, 1_000_000)));
    }
}
