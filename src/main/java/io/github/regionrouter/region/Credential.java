package io.github.regionrouter.region;

/** How the router proves itself to a region. */
public sealed interface Credential {

    /** The region's own key, sent as {@code api-key}. It never shows in text form. */
    record ApiKey(String value) implements Credential {
        @Override
        public String toString() {
            return "ApiKey[hidden]";
        }
    }

    /** A Microsoft Entra token of the router's managed identity, sent as {@code Authorization: Bearer}. */
    record ManagedIdentity() implements Credential {}
}
