package io.github.regionrouter.settings;

import org.jspecify.annotations.Nullable;

/** Where the values come from that a settings document only names. */
@FunctionalInterface
public interface Secrets {

    /** The value of an app setting, or null if it is not set. */
    @Nullable
    String appSetting(String name);

    /** App settings as Azure Functions gives them: environment variables. */
    static Secrets environment() {
        return System::getenv;
    }
}
