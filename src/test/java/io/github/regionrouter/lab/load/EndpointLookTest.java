package io.github.regionrouter.lab.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class EndpointLookTest {

    @Test
    void manyEndpointsLookAllDifferentAndTheFirstEightByColour() {
        assertThat(IntStream.range(0, 24).mapToObj(EndpointLook::classes)).doesNotHaveDuplicates();
        assertThat(IntStream.range(0, 8).mapToObj(EndpointLook::classes).map(look -> look.substring(0, 2)))
                .doesNotHaveDuplicates();
    }

    @Test
    void eachLookHasItsStyleInLightAndDark() {
        for (int colour = 0; colour < EndpointLook.COLOURS; colour++) {
            String name = "--e" + colour;
            assertThat(ReportStyle.CSS).contains(".line.e" + colour + " { stroke: var(" + name + "); }");
            List<String> values = Pattern.compile(name + ": (#[0-9a-f]{6})")
                    .matcher(ReportStyle.CSS)
                    .results()
                    .map(found -> found.group(1))
                    .toList();
            assertThat(values).as(name).hasSize(2).doesNotHaveDuplicates();
        }
        for (int pattern = 1; pattern < EndpointLook.PATTERNS; pattern++) {
            assertThat(ReportStyle.CSS).contains(".line.d" + pattern + " { stroke-dasharray: ");
        }
    }

    @Test
    void chartLegendAndTableShowAnEndpointAlike() {
        List<String> options = new ArrayList<>();
        IntStream.range(0, 9).forEach(i -> options.addAll(List.of("--url", "http://host-" + i)));
        LoadPlan plan = Plans.of(options.toArray(String[]::new));
        Recorder recorder = new Recorder(plan, 0);
        IntStream.range(0, 100).forEach(i -> recorder.add(Plans.result(plan, i, 0, 0, 10 + i, Status.SERVED)));

        String page = HtmlReport.of(recorder.report(Instant.EPOCH, Plans.nanos(1_000), false));

        for (int endpoint = 0; endpoint < 9; endpoint++) {
            String look = "\"line " + EndpointLook.classes(endpoint) + "\"";
            assertThat(page.split(look, -1)).as(look).hasSizeGreaterThanOrEqualTo(5);
        }
    }
}
