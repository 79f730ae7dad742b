package io.github.regionrouter.host;

import io.github.regionrouter.region.Credential;
import io.github.regionrouter.region.Model;
import io.github.regionrouter.region.Region;
import io.github.regionrouter.settings.InvalidSettingsException;
import io.github.regionrouter.settings.RouterSettings;
import io.github.regionrouter.settings.Secrets;
import io.github.regionrouter.settings.SettingsReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * {@code check <document>}: says what is wrong with a settings document, or what it comes to, without starting anything. Secrets
 * and app settings that it names are taken as given, since they may exist only where the router will run.
 */
final class CheckCommand {

    private CheckCommand() {}

    /** @return the exit status: 0 if the document is good */
    static int run(String[] args, PrintStream out, PrintStream err) {
        if (args.length != 2) {
            err.println("usage: java -jar region-router.jar check <document> (a file, or - for standard input)");
            return 1;
        }
        try {
            tell(new SettingsReader(new Given()).read(text(args[1])), out);
            return 0;
        } catch (InvalidSettingsException refused) {
            refused.faults().forEach(err::println);
            return 1;
        } catch (IOException | InvalidPathException unreadable) {
            err.println("document: " + args[1] + " cannot be read, "
                    + unreadable.getClass().getSimpleName() + " (expected: a readable file in UTF-8)");
            return 1;
        }
    }

    private static String text(String name) throws IOException {
        return name.equals("-")
                ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                : Files.readString(Path.of(name), StandardCharsets.UTF_8);
    }

    private static void tell(RouterSettings settings, PrintStream out) {
        out.printf(
                "%-20s %4s  %-20s %6s  %-6s %-16s %s%n",
                "model", "tier", "region", "weight", "zone", "auth", "endpoint");
        settings.table().models().values().stream()
                .sorted(Comparator.comparing(Model::name))
                .forEach(model -> model.regions().forEach(region -> row(model, region, out)));
        out.println();
        out.println(callers(settings));
    }

    private static void row(Model model, Region region, PrintStream out) {
        out.printf(
                "%-20s %4d  %-20s %6d  %-6s %-16s %s%n",
                model.name(),
                region.priority(),
                region.name(),
                region.weight(),
                region.zone() == null ? "-" : region.zone(),
                region.credential() instanceof Credential.ApiKey ? "key" : "managed identity",
                region.endpoint()
                        + (region.deployment().name().equals(model.name())
                                ? ""
                                : " as " + region.deployment().name()));
    }

    private static String callers(RouterSettings settings) {
        String anonymous = settings.anonymous() ? "calls without a key are let in" : "calls without a key are refused";
        return settings.callers().isEmpty()
                ? "callers: none; " + (settings.anonymous() ? anonymous : "nobody may call")
                : "callers: " + settings.callers().size() + "; " + anonymous;
    }

    /** Every secret that is named is there, and no two are equal. */
    private static final class Given implements Secrets {

        @Override
        public @Nullable String appSetting(String name) {
            return "setting-" + name;
        }

        @Override
        public String vaultSecret(String name) {
            return "secret-" + name;
        }
    }
}
