package io.github.regionrouter.lab.simulator;

import java.util.LinkedHashMap;
import java.util.Map;

/** The headers that every answer of a region has. */
final class CommonHeaders {

    private CommonHeaders() {}

    static Map<String, String> of(String region, ReceivedRequest request) {
        String id = Ids.uuid();
        String clientId = request.header("x-ms-client-request-id");
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("x-ms-region", RegionNames.display(region));
        headers.put("apim-request-id", id);
        headers.put("x-request-id", Ids.uuid());
        headers.put("x-ms-client-request-id", clientId == null ? id : clientId);
        headers.put("x-content-type-options", "nosniff");
        headers.put("strict-transport-security", "max-age=31536000; includeSubDomains; preload");
        return headers;
    }
}
