package io.github.regionrouter.lab.load;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WarmUpTest {

    private static final String PACKAGE = LoadCommand.class.getPackageName();

    @ParameterizedTest
    @ValueSource(strings = {"--stream", "--max-completion-tokens"})
    void everyAnswerFromMemoryIsReadAsServed(String option) {
        Progress progress = WarmUp.run(Plans.of("--url", "http://a", option));

        assertThat(progress.served()).isEqualTo(200).isEqualTo(progress.done());
    }

    @Test
    void onlyTheClientOfTheGivenUrlsConnects() {
        JavaClasses classes = ArchConfiguration.withThreadLocalScope(quick -> {
            quick.setResolveMissingDependenciesFromClassPath(false);
            return new ClassFileImporter().importPackages(PACKAGE);
        });

        noClasses()
                .that()
                .resideInAPackage(PACKAGE)
                .and()
                .haveSimpleNameNotEndingWith("Test")
                .and()
                .doNotBelongToAnyOf(ChatClient.class)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.github.regionrouter.lab.simulator..", "reactor.netty..", "java.net.http..")
                .check(classes);
    }
}
