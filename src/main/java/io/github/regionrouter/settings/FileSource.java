package io.github.regionrouter.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** A file, for local work and tests; parsed anew when its text has changed. */
record FileSource(String file, Secrets environment) implements SettingsSource {

    @Override
    public Loaded read() throws InvalidSettingsException {
        return InlineSource.parsed(document(), environment);
    }

    @Override
    public Optional<Loaded> newerThan(Loaded last) throws InvalidSettingsException {
        String document = document();
        return last.version().equals(InlineSource.versionOf(document))
                ? Optional.empty()
                : Optional.of(InlineSource.parsed(document, environment));
    }

    @Override
    public String name() {
        return "file " + file;
    }

    @Override
    public boolean mayChange() {
        return true;
    }

    private String document() throws InvalidSettingsException {
        try {
            Path path = Path.of(file);
            if (Files.size(path) > SettingsReader.LONGEST_DOCUMENT) {
                throw SettingsSource.refused(
                        file + " (expected: a file of at most " + SettingsReader.LONGEST_DOCUMENT + " bytes)");
            }
            return Files.readString(path, StandardCharsets.UTF_8);
        } catch (IOException | InvalidPathException unreadable) {
            throw SettingsSource.refused("file " + file + " cannot be read, "
                    + unreadable.getClass().getSimpleName() + " (expected: a readable file in UTF-8)");
        }
    }
}
