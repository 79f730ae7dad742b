package io.github.regionrouter.host;

import io.github.regionrouter.Router;
import io.github.regionrouter.settings.Loaded;
import io.github.regionrouter.settings.RouterSettings;
import io.github.regionrouter.settings.SettingsRefresher;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Doors for tests, to routers whose settings are not refreshed. */
final class Doors {

    private Doors() {}

    static FrontDoor to(Router router, RouterSettings settings) {
        return to(router, settings, false, InstantSource.system());
    }

    static FrontDoor to(Router router, RouterSettings settings, boolean easyAuth, InstantSource clock) {
        Instant now = clock.instant();
        SettingsRefresher.State state =
                new SettingsRefresher.State("test", new Loaded(settings, "version-1", Map.of()), now, now, List.of());
        return new FrontDoor(settings, router, easyAuth, new StatusPages(router, "test", () -> state, clock));
    }
}
