package io.github.regionrouter.host;

import io.github.regionrouter.pipeline.TimeoutWheel;
import io.github.regionrouter.settings.InvalidSettingsException;
import io.github.regionrouter.settings.Secrets;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.netty.ChannelBindException;

/**
 * The streaming host: the process that Azure Functions starts as a custom handler, and that runs on a laptop. Listens on
 * {@code FUNCTIONS_CUSTOMHANDLER_PORT} (7071 if it is not set), on loopback unless {@code ROUTER_BIND_ADDRESS} says otherwise.
 */
public final class StreamingHost {

    static final String PORT_SETTING = "FUNCTIONS_CUSTOMHANDLER_PORT";
    static final String ADDRESS_SETTING = "ROUTER_BIND_ADDRESS";
    private static final String DEFAULT_PORT = "7071";
    private static final String LOOPBACK = "127.0.0.1";
    private static final Pattern PORT = Pattern.compile("\\d{1,5}");

    private final RouterService service;
    private final LineWriter lines;
    private final StreamingServer server;
    private final String address;

    private StreamingHost(RouterService service, LineWriter lines, StreamingServer server, String address) {
        this.service = service;
        this.lines = lines;
        this.server = server;
        this.address = address;
    }

    /**
     * Starts listening.
     *
     * @param environment app settings: {@code ROUTER_SETTINGS}, port, address, and the secrets that the document names
     * @throws InvalidSettingsException if the settings are wrong or the port cannot be had; names every fault
     */
    public static StreamingHost start(Secrets environment) throws InvalidSettingsException {
        return start(environment, new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
    }

    /** @param out where the lines of attempts and requests go */
    private static StreamingHost start(Secrets environment, PrintStream out) throws InvalidSettingsException {
        int port = port(environment.appSetting(PORT_SETTING));
        String wanted = environment.appSetting(ADDRESS_SETTING);
        String address = wanted == null || wanted.isBlank() ? LOOPBACK : wanted.trim();
        RouterService service = RouterService.start(environment, "streaming");
        LineWriter lines = new LineWriter(out);
        try {
            StreamingServer server =
                    StreamingServer.start(service.door(), address, port, TimeoutWheel.ofProcess(), lines);
            return new StreamingHost(service, lines, server, address);
        } catch (ChannelBindException taken) {
            service.close();
            lines.close();
            throw new InvalidSettingsException(List.of("port " + port + " on " + address
                    + ": cannot be listened on (expected: a free port; set " + PORT_SETTING + " to another)"));
        }
    }

    /** Where it listens. */
    public String url() {
        return "http://" + (address.contains(":") ? "[" + address + "]" : address) + ":" + server.port();
    }

    /** Takes no new calls and returns when those under way are done, after 25 s at the latest. */
    public void stop() {
        server.close();
        service.close();
        lines.close();
    }

    /**
     * Runs until the process is told to stop; with {@code check <document>} only says what is wrong with a settings document.
     * Exit status 1 if it cannot start, or the document is refused; the reasons go to standard error.
     */
    public static void main(String[] args) {
        Logger.getLogger("").setLevel(Level.WARNING); // libraries speak up when something is wrong
        boolean check = args.length > 0 && args[0].equals("check");
        System.exit(check ? CheckCommand.run(args, System.out, System.err) : run(System.out, System.err));
    }

    private static int run(PrintStream out, PrintStream err) {
        try {
            StreamingHost host = start(Secrets.environment(), out);
            Runtime.getRuntime().addShutdownHook(new Thread(host::stop, "stop"));
            out.println("Region Router listens on " + host.url());
            if (host.service.letsNobodyIn()) {
                err.println(
                        "The settings name no callers, so nobody may call (expected: \"callers\", or \"anonymous\": true)");
            }
            host.server.awaitEnd();
            return 0;
        } catch (InvalidSettingsException refused) {
            err.println("Region Router cannot start:");
            refused.faults().forEach(fault -> err.println("  " + fault));
            return 1;
        }
    }

    private static int port(@Nullable String setting) throws InvalidSettingsException {
        String value = setting == null || setting.isBlank() ? DEFAULT_PORT : setting.trim();
        if (PORT.matcher(value).matches() && Integer.parseInt(value) <= 65_535) {
            return Integer.parseInt(value);
        }
        throw new InvalidSettingsException(
                List.of(PORT_SETTING + ": " + value + " (expected: a port from 0 to 65535)"));
    }
}
