package io.github.regionrouter.settings;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** The document itself, which is also what a Key Vault reference resolves to. It stays what it is while the process lives. */
record InlineSource(String document, Secrets environment) implements SettingsSource {

    private static final int SHOWN = 12;

    @Override
    public Loaded read() throws InvalidSettingsException {
        return parsed(document, environment);
    }

    @Override
    public Optional<Loaded> newerThan(Loaded last) {
        return Optional.empty();
    }

    @Override
    public String name() {
        return "app setting " + SETTING;
    }

    @Override
    public boolean mayChange() {
        return false;
    }

    /** Settings of a document that has no version of its own. */
    static Loaded parsed(String document, Secrets environment) throws InvalidSettingsException {
        return new Loaded(new SettingsReader(environment).read(document), versionOf(document), Map.of());
    }

    /** The beginning of its SHA-256. */
    static String versionOf(String document) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(document.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, SHOWN);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256: missing (expected: every Java has it)", impossible);
        }
    }
}
