package io.github.regionrouter.host;

import com.azure.core.credential.TokenCredential;
import io.github.regionrouter.Router;
import io.github.regionrouter.pipeline.RouterPipeline;
import io.github.regionrouter.settings.InvalidSettingsException;
import io.github.regionrouter.settings.Loaded;
import io.github.regionrouter.settings.RouterSettings;
import io.github.regionrouter.settings.Secrets;
import io.github.regionrouter.settings.SettingsRefresher;
import io.github.regionrouter.settings.SettingsSource;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The router of one process, on the real clock and network, with settings that are kept fresh: what both hosts stand on. */
final class RouterService implements AutoCloseable {

    static final String REFRESH_SETTING = "ROUTER_REFRESH_SECONDS";
    static final String SCOPE_SETTING = "ROUTER_TOKEN_SCOPE";
    private static final String DEFAULT_SCOPE = "https://cognitiveservices.azure.com/.default";
    private static final Pattern SCOPE = Pattern.compile("\\S+/\\.default");

    /** Set by App Service where Easy Auth is on, which then takes its own headers from strangers. */
    private static final String EASY_AUTH = "WEBSITE_AUTH_ENABLED";

    private static final int DEFAULT_REFRESH = 60;
    private static final int LONGEST_REFRESH = 3_600;
    private static final Pattern SECONDS = Pattern.compile("\\d{1,4}");

    private final FrontDoor door;
    private final SettingsRefresher refresher;
    private final Scheduler looks;

    private RouterService(FrontDoor door, SettingsRefresher refresher, Scheduler looks) {
        this.door = door;
        this.refresher = refresher;
        this.looks = looks;
    }

    /**
     * Reads the settings, which may take some seconds, and begins to keep them fresh.
     *
     * @param environment app settings
     * @param host which of the two hosts this is, for the status page
     * @throws InvalidSettingsException naming every fault
     */
    static RouterService start(Secrets environment, String host) throws InvalidSettingsException {
        Duration every = refresh(environment.appSetting(REFRESH_SETTING));
        RouterIdentity identity = new RouterIdentity();
        TokenCredential forRegions = identity.inScope(scope(environment.appSetting(SCOPE_SETTING)));
        SettingsSource source = SettingsSource.of(environment, identity);
        Loaded first = source.read();
        RouterSettings settings = first.settings();
        Router router = Router.create(settings, RouterPipeline.transport(), forRegions);
        Scheduler looks = Schedulers.newBoundedElastic(1, 16, "settings", 60, true); // a look blocks
        SettingsRefresher refresher = new SettingsRefresher(source, first, every, looks, InstantSource.system());
        FrontDoor door = new FrontDoor(
                settings,
                router,
                "true".equalsIgnoreCase(environment.appSetting(EASY_AUTH)),
                new StatusPages(router, host, refresher::state, InstantSource.system()));
        refresher.start(door::use);
        return new RouterService(door, refresher, looks);
    }

    FrontDoor door() {
        return door;
    }

    /** Whom the settings in force let in, for a warning at the start. */
    boolean letsNobodyIn() {
        RouterSettings settings = refresher.state().loaded().settings();
        return settings.callers().isEmpty() && !settings.anonymous();
    }

    /** Looks for no further settings; calls under way are not touched. */
    @Override
    public void close() {
        refresher.close();
        looks.dispose();
    }

    private static String scope(@Nullable String setting) throws InvalidSettingsException {
        String value = setting == null || setting.isBlank() ? DEFAULT_SCOPE : setting.trim();
        if (SCOPE.matcher(value).matches()) {
            return value;
        }
        throw new InvalidSettingsException(
                List.of(SCOPE_SETTING + ": " + value + " (expected: a scope such as " + DEFAULT_SCOPE + ")"));
    }

    private static Duration refresh(@Nullable String setting) throws InvalidSettingsException {
        String value = setting == null || setting.isBlank() ? Integer.toString(DEFAULT_REFRESH) : setting.trim();
        if (SECONDS.matcher(value).matches()
                && Integer.parseInt(value) >= 1
                && Integer.parseInt(value) <= LONGEST_REFRESH) {
            return Duration.ofSeconds(Integer.parseInt(value));
        }
        throw new InvalidSettingsException(List.of(
                REFRESH_SETTING + ": " + value + " (expected: whole seconds from 1 to " + LONGEST_REFRESH + ")"));
    }
}
