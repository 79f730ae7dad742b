package io.github.regionrouter.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * One tab of {@link Chromium}. Its page's clock ({@code performance.now}, and timers of a second and more) stands still until it is
 * put forward, and what the browser complains about is written down.
 */
public final class Tab implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final String HAND_CLOCK = """
            (() => {
              const [begin, later, never] = [performance.now(), setTimeout, clearTimeout];
              const waiting = new Map();
              let ahead = 0;
              let last = 0;
              performance.now = () => begin + ahead;
              window.setTimeout = (run, ms) => {
                if (ms < 1000) return later(run, ms);
                waiting.set(--last, { run, at: ahead + ms });
                return last;
              };
              window.clearTimeout = id => waiting.delete(id) || never(id);
              window.putForward = ms => {
                ahead += ms;
                [...waiting].filter(([id, { at }]) => at <= ahead).forEach(([id, { run }]) => {
                  waiting.delete(id);
                  run();
                });
              };
              document.addEventListener('securitypolicyviolation',
                event => console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
            })();
            """;

    private final DevTools tools;
    private final String target;
    private final String session;

    Tab(DevTools tools, String target, String session) {
        this.tools = tools;
        this.target = target;
        this.session = session;
        Stream.of("Page", "Runtime", "Log", "Network").forEach(domain -> call(domain + ".enable", Map.of()));
        call("Page.addScriptToEvaluateOnNewDocument", Map.of("source", HAND_CLOCK));
    }

    /** The inner size of the window, as a desktop's or a phone's. */
    public Tab size(int width, int height) {
        call(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
        return this;
    }

    /** Lets the page believe that the user wishes light or dark. */
    public Tab scheme(String scheme) {
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        return this;
    }

    /** Goes to a page; what came before is forgotten. */
    public Tab open(String url) {
        tools.forget(session);
        call("Page.navigate", Map.of("url", url));
        return this;
    }

    /** What an expression yields; promises are awaited. */
    public Object eval(String expression) {
        Map<String, Object> answer = call(
                "Runtime.evaluate",
                Map.of("expression", expression, "returnByValue", true, "awaitPromise", true, "userGesture", true));
        if (answer.containsKey("exceptionDetails")) {
            throw new AssertionError(expression + ": " + answer.get("exceptionDetails"));
        }
        return DevTools.object(answer.get("result")).get("value");
    }

    /** What the user reads at the elements that a selector names, one line each. */
    public List<String> texts(String selector) {
        Object found = eval(
                "[...document.querySelectorAll('" + selector
                        + "')].filter(each => each.checkVisibility()).map(each => each.innerText.trim().replace(/\\n+/g, '\\n').replaceAll('\\u00a0', ' ')).join('\\u0000')");
        String joined = String.valueOf(found);
        return joined.isEmpty() ? List.of() : List.of(joined.split("\u0000", -1));
    }

    /** Waits until an expression is true. */
    public Tab await(String expression) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Boolean.TRUE.equals(eval(expression))) {
            if (System.nanoTime() > end) {
                throw new AssertionError(
                        "never true: " + expression + "\n" + eval("document.body.innerText") + "\n" + complaints());
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return this;
    }

    /** Puts the page's clock forward. */
    public Tab putForward(Duration time) {
        eval("putForward(" + time.toMillis() + ")");
        return this;
    }

    /** The tab behind another one, or in front again. */
    public Tab hidden(boolean hidden) {
        eval("Object.defineProperty(document, 'hidden', { value: " + hidden
                + ", configurable: true }); document.dispatchEvent(new Event('visibilitychange'))");
        return this;
    }

    /** Errors and warnings of scripts, of the network and of the content security policy. */
    public List<String> complaints() {
        return Stream.of(
                        tools.events(session, "Runtime.exceptionThrown").stream()
                                .map(String::valueOf),
                        tools.events(session, "Runtime.consoleAPICalled").stream()
                                .filter(event -> Set.of("error", "warning").contains(event.get("type")))
                                .map(event -> String.valueOf(event.get("args"))),
                        tools.events(session, "Log.entryAdded").stream()
                                .map(event -> DevTools.object(event.get("entry")))
                                .filter(entry -> Set.of("error", "warning").contains(entry.get("level")))
                                .map(entry -> entry.get("source") + ": " + entry.get("text")))
                .flatMap(each -> each)
                .toList();
    }

    /** Every address that the page asked for. */
    public List<String> requests() {
        return tools.events(session, "Network.requestWillBeSent").stream()
                .map(event ->
                        String.valueOf(DevTools.object(event.get("request")).get("url")))
                .toList();
    }

    /** A picture of the whole page, also of what stands below the window. */
    public Tab picture(Path file) throws IOException {
        Map<String, Object> size =
                DevTools.object(call("Page.getLayoutMetrics", Map.of()).get("cssContentSize"));
        Map<String, Object> clip = new HashMap<>(size);
        clip.put("scale", 1);
        Object data = call(
                        "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true, "clip", clip))
                .get("data");
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(String.valueOf(data)));
        return this;
    }

    @Override
    public void close() {
        tools.call(null, "Target.closeTarget", Map.of("targetId", target));
    }

    private Map<String, Object> call(String method, Map<String, ?> parameters) {
        return tools.call(session, method, parameters);
    }
}
