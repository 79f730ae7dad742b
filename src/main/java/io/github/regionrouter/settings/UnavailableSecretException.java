package io.github.regionrouter.settings;

/** A secret cannot be had. The message says why and what to look at, never a value. */
public final class UnavailableSecretException extends Exception {

    private static final long serialVersionUID = 1L;

    public UnavailableSecretException(String why) {
        super(why);
    }
}
