package io.github.regionrouter.lab.simulator;

import java.util.Map;

/** What a limit says to one call. */
sealed interface Verdict permits QuotaVerdict, ProvisionedVerdict {

    boolean admitted();

    /** The headers of every answer under a limit, and those of a refusal. */
    Map<String, String> headers();

    /** The body of a refusal. */
    String refusal(String operation, String apiVersion);
}
