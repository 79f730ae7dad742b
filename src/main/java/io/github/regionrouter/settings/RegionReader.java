package io.github.regionrouter.settings;

import io.github.regionrouter.region.Credential;
import io.github.regionrouter.region.Deployment;
import io.github.regionrouter.region.Model;
import io.github.regionrouter.region.Region;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the regions of one model. */
final class RegionReader {

    static final Pattern ZONE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    static final String ZONE_RULE = "letters, digits and . _ -, at most 64";

    private static final Pattern NAME = ZONE;
    private static final Pattern ANY = Pattern.compile(".*", Pattern.DOTALL);
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Secrets secrets;
    private final List<String> faults;

    RegionReader(Secrets secrets, List<String> faults) {
        this.secrets = secrets;
        this.faults = faults;
    }

    /** Empty if no region can be read; what is wrong is noted. */
    Optional<Model> model(String name, Node model) {
        boolean stayInZone = model.flag("stayInZone");
        List<Node> nodes = model.objects("regions");
        if (nodes.isEmpty()) {
            model.fault("regions", "missing or empty (expected: at least one region)");
        }
        List<Region> regions = new ArrayList<>();
        for (Node node : nodes) {
            Region region = region(name, node, regions.size() + 1);
            if (region != null) {
                regions.add(region);
            }
        }
        refuseTwins(model, regions);
        if (stayInZone && regions.stream().anyMatch(region -> region.zone() == null)) {
            model.fault("stayInZone", "true (expected: a zone for every region)");
        }
        return regions.isEmpty() ? Optional.empty() : Optional.of(new Model(name, regions, stayInZone));
    }

    private @Nullable Region region(String model, Node node, int position) {
        try (node) {
            int before = faults.size();
            String name = node.string("name", NAME, ZONE_RULE);
            if (!node.has("name")) {
                node.fault("name", "missing (expected: the Azure region, such as eastus)");
            }
            URI endpoint = endpoint(node);
            String deployment = node.string("deployment", NAME, ZONE_RULE);
            if (!node.has("deployment") && !NAME.matcher(model).matches()) {
                node.fault("deployment", "missing (expected: a name, since the model's cannot be a deployment's)");
            }
            int priority = node.integer("priority", position, 1, 1000);
            int weight = node.integer("weight", 1, 1, 1000);
            String zone = node.string("zone", ZONE, ZONE_RULE);
            Credential credential = credential(node);
            if (name == null || endpoint == null || credential == null || faults.size() > before) {
                return null;
            }
            return new Region(
                    name,
                    new Deployment(endpoint, deployment == null ? model : deployment),
                    priority,
                    weight,
                    zone,
                    credential);
        }
    }

    /** No key means managed identity. */
    private @Nullable Credential credential(Node node) {
        if (!node.has("apiKey")) {
            return new Credential.ManagedIdentity();
        }
        Node secret = node.object("apiKey");
        String value = secret == null ? null : SecretReader.read(secret, secrets);
        if (value == null) {
            return null;
        }
        if (!value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            node.fault("apiKey", "has a character that no header can carry (expected: printable ASCII)");
            return null;
        }
        return new Credential.ApiKey(value);
    }

    private static @Nullable URI endpoint(Node node) {
        if (!node.has("endpoint")) {
            node.fault("endpoint", "missing (expected: an https URL)");
            return null;
        }
        String text = node.string("endpoint", ANY, "an https URL");
        if (text == null) {
            return null;
        }
        try {
            URI uri = new URI(text.trim());
            String wrong = wrong(uri);
            if (wrong == null) {
                return normal(uri);
            }
            node.fault("endpoint", wrong);
        } catch (URISyntaxException malformed) {
            node.fault("endpoint", "not a URL (expected: an https URL)");
        }
        return null;
    }

    private static @Nullable String wrong(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
            return "not an https URL";
        }
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            return "has more than scheme, host, port and path (expected: an https URL)";
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            return "port " + uri.getPort() + " (expected: 1 to 65535)";
        }
        boolean loopback = LOOPBACK.contains(uri.getHost().toLowerCase(Locale.ROOT));
        return scheme.equals("http") && !loopback ? "not an https URL (http is for loopback alone)" : null;
    }

    private static URI normal(URI uri) throws URISyntaxException {
        String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceFirst("/+$", "");
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        boolean usual = uri.getPort() < 0 || uri.getPort() == (scheme.equals("https") ? 443 : 80);
        String port = usual ? "" : ":" + uri.getPort();
        return new URI(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port + path);
    }

    private static void refuseTwins(Node model, List<Region> regions) {
        Set<String> names = new HashSet<>();
        Set<Deployment> deployments = new HashSet<>();
        for (Region region : regions) {
            if (!names.add(region.name())) {
                model.fault("regions", region.name() + " stands twice (expected: a name of its own for each region)");
            }
            if (!deployments.add(region.deployment())) {
                model.fault("regions", region.name() + " repeats an endpoint and deployment (expected: each once)");
            }
        }
    }
}
