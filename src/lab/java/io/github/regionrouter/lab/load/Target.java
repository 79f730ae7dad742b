package io.github.regionrouter.lab.load;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint to call, with its key.
 *
 * @param label what reports call it: the URL as given, without its query (which may hold a secret)
 * @param chat where calls go
 * @param key null to send none
 */
record Target(String label, URI chat, @Nullable String key) {

    private static final String CHAT = "/chat/completions";
    private static final Pattern DEPLOYMENT = Pattern.compile(".*/openai/deployments/[^/]+");
    private static final int LARGEST_PORT = 65_535;
    private static final String FORMS =
            "an http(s) URL of a resource or router, one that ends in /openai/v1, in /openai/deployments/{name} or in "
                    + CHAT;

    /**
     * Reads a URL in one of its four forms: {@code …/chat/completions} is called as it is, {@code …/openai/v1} has the model in
     * the body, {@code …/openai/deployments/{name}} says the deployment itself, and anything else is the base of such paths.
     *
     * @throws IllegalArgumentException if it is none of them
     */
    static Target of(String url, @Nullable String key, String model, String apiVersion) {
        URI given = read(url);
        String path = withoutSlashes(given.getRawPath());
        boolean whole = path.endsWith(CHAT);
        if (!whole && given.getRawQuery() != null) {
            throw new IllegalArgumentException(message(root(given), "a query only behind " + CHAT));
        }
        String chat = root(given) + path;
        String version = "?api-version=" + encoded(apiVersion);
        if (whole) {
            chat += given.getRawQuery() == null ? "" : "?" + given.getRawQuery();
        } else if (path.endsWith("/openai/v1")) {
            chat += CHAT;
        } else if (DEPLOYMENT.matcher(path).matches()) {
            chat += CHAT + version;
        } else if (path.endsWith("/openai") || path.contains("/openai/")) {
            throw new IllegalArgumentException(message(chat, FORMS));
        } else {
            chat += "/openai/deployments/" + encoded(model) + CHAT + version;
        }
        return new Target(root(given) + path, URI.create(chat), key);
    }

    /**
     * Pairs the nth key with the nth URL; one key serves all. URLs with the same label are told apart by a number.
     *
     * @param keys as many as URLs, one, or none; null elements send no key
     * @throws IllegalArgumentException for a wrong URL or number of keys
     */
    static List<Target> pairs(List<String> urls, List<@Nullable String> keys, String model, String apiVersion) {
        if (keys.size() > 1 && keys.size() != urls.size()) {
            throw new IllegalArgumentException("--key: " + keys.size() + " keys for " + urls.size()
                    + " URLs (expected: one for each, one for all, or none)");
        }
        Set<String> labels = new TreeSet<>();
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < urls.size(); i++) {
            String key = keys.isEmpty() ? null : keys.get(keys.size() == 1 ? 0 : i);
            Target target = of(urls.get(i), key, model, apiVersion);
            targets.add(labels.add(target.label) ? target : target.numbered(i + 1));
        }
        return List.copyOf(targets);
    }

    private Target numbered(int number) {
        return new Target(label + " (" + number + ")", chat, key);
    }

    private static URI read(String url) {
        try {
            URI uri = new URI(url).parseServerAuthority();
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            boolean web = scheme.equals("http") || scheme.equals("https");
            if (web
                    && uri.getHost() != null
                    && uri.getPort() <= LARGEST_PORT
                    && uri.getPort() != 0
                    && uri.getRawUserInfo() == null
                    && uri.getRawFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException notOne) {
            // told below, without the text of what may hold a secret
        }
        // Without a scheme it may be a key that changed places with its URL.
        boolean secret = url.indexOf('@') >= 0 || !url.matches("[A-Za-z]{2,8}://.*");
        String shown = secret ? "…" : url.replaceFirst("[?#].*", "?…");
        throw new IllegalArgumentException(message(shown, FORMS + ", without user or fragment"));
    }

    private static String root(URI uri) {
        return uri.getScheme().toLowerCase(Locale.ROOT) + "://" + uri.getRawAuthority();
    }

    private static String withoutSlashes(String path) {
        return path.replaceAll("/+$", "");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String message(String url, String rule) {
        return "--url: " + url + " (expected: " + rule + ")";
    }

    /** Without the key. */
    @Override
    public String toString() {
        return label;
    }
}
