package io.github.regionrouter.settings;

import io.github.regionrouter.attempt.Deadline;
import io.github.regionrouter.attempt.RetryRules;
import io.github.regionrouter.region.Model;
import io.github.regionrouter.region.RoutingTable;
import io.github.regionrouter.settings.RouterSettings.Caller;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a settings document (design §4). A bad one is refused whole, with every fault by JSON path; unknown properties are
 * faults.
 */
public final class SettingsReader {

    /** What a Key Vault secret holds at most; the bound holds for every form of the document (design §5.1). */
    public static final int LONGEST_DOCUMENT = 25 * 1024;

    static final Pattern MODEL_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");

    /** Some editors put it at the beginning of a file. */
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final Secrets secrets;

    public SettingsReader(Secrets secrets) {
        this.secrets = secrets;
    }

    /**
     * @param document JSON
     * @throws InvalidSettingsException if anything is wrong with it
     */
    public RouterSettings read(String document) throws InvalidSettingsException {
        int length = document.getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST_DOCUMENT) {
            throw new InvalidSettingsException(
                    List.of("document: " + length + " bytes (expected: at most " + LONGEST_DOCUMENT + ")"));
        }
        List<String> faults = new ArrayList<>();
        Node root = root(document, faults);
        RouterSettings settings = root == null ? null : settings(root, faults);
        if (settings == null || !faults.isEmpty()) {
            throw new InvalidSettingsException(faults);
        }
        return settings;
    }

    private static @Nullable Node root(String document, List<String> faults) throws InvalidSettingsException {
        try {
            String text = document.startsWith(BYTE_ORDER_MARK) ? document.substring(1) : document;
            return Node.of(JsonTree.read(text, faults), "", faults);
        } catch (IOException | RuntimeException notJson) {
            throw new InvalidSettingsException(
                    List.of("document: not valid JSON (expected: an object with \"models\")"));
        }
    }

    private RouterSettings settings(Node root, List<String> faults) {
        try (root) {
            RoutingTable table = table(root, faults);
            RetryRules retry = retry(root);
            List<Caller> callers = new CallerReader(secrets).callers(root);
            return new RouterSettings(table, retry, callers, root.flag("anonymous"));
        }
    }

    private RoutingTable table(Node root, List<String> faults) {
        Map<String, Model> models = new LinkedHashMap<>();
        Node section = root.object("models");
        if (section == null || section.names().isEmpty()) {
            root.fault("models", "missing or empty (expected: at least one model)");
            return new RoutingTable(models);
        }
        RegionReader regions = new RegionReader(secrets, faults);
        for (String name : section.names()) {
            if (!MODEL_NAME.matcher(name).matches()) {
                section.fault(name, "model name (expected: letters, digits and . _ : -, at most 128)");
            }
            Node model = section.object(name);
            if (model != null) {
                try (model) {
                    regions.model(name, model).ifPresent(read -> models.put(name, read));
                }
            }
        }
        return new RoutingTable(models);
    }

    private static RetryRules retry(Node root) {
        Node section = root.object("retry");
        if (section == null) {
            return RetryRules.DEFAULT;
        }
        try (section) {
            RetryRules otherwise = RetryRules.DEFAULT;
            Duration maxWait = section.seconds("maxWaitSeconds", otherwise.maxWait(), 0, 200);
            Duration deadline =
                    section.seconds("deadlineSeconds", otherwise.deadline(), 1, (int) Deadline.LONGEST.toSeconds());
            Duration idle = section.seconds("idleTimeoutSeconds", otherwise.idleTimeout(), 1, 200);
            return new RetryRules(
                    section.integer("maxAttempts", otherwise.maxAttempts(), 1, 100),
                    maxWait == null ? otherwise.maxWait() : maxWait,
                    deadline == null ? otherwise.deadline() : deadline,
                    section.seconds("attemptTimeoutSeconds", null, 1, (int) Deadline.LONGEST.toSeconds()),
                    section.seconds("firstEventTimeoutSeconds", null, 1, (int) Deadline.LONGEST.toSeconds()),
                    idle == null ? otherwise.idleTimeout() : idle);
        }
    }
}
