package io.github.regionrouter;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.conditions.ArchConditions.have;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The floors of design §3: a lower floor never knows a higher one, and no floor has a back door. */
@AnalyzeClasses(packages = ArchitectureTest.ROOT, importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {

    static final String ROOT = "io.github.regionrouter";

    private static final String HOUSE = ROOT + "..";
    private static final String LAB = ROOT + ".lab..";
    private static final String REGION = ROOT + ".region..";
    private static final String OPENAI = ROOT + ".openai..";
    private static final String ATTEMPT = ROOT + ".attempt..";
    private static final String SETTINGS = ROOT + ".settings..";
    private static final String PIPELINE = ROOT + ".pipeline..";
    private static final String HOST = ROOT + ".host..";

    @ArchTest
    static final ArchRule regionIsPureJava = classes()
            .that()
            .resideInAPackage(REGION)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(REGION, "java..", "org.jspecify.annotations..");

    @ArchTest
    static final ArchRule openaiKnowsNobodyInTheHouse = staysWithin(OPENAI);

    @ArchTest
    static final ArchRule openaiKnowsNoAzureClientButJson = noClasses()
            .that()
            .resideInAPackage(OPENAI)
            .should()
            .dependOnClassesThat(
                    resideInAPackage("com.azure..").and(DescribedPredicate.not(resideInAPackage("com.azure.json.."))))
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("reactor..", "io.netty..", "com.microsoft..");

    @ArchTest
    static final ArchRule attemptStandsOnFloorOne = staysWithin(ATTEMPT, REGION, OPENAI);

    @ArchTest
    static final ArchRule attemptDoesNoInputOrOutput = noClasses()
            .that()
            .resideInAPackage(ATTEMPT)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "com.azure..",
                    "reactor..",
                    "io.netty..",
                    "com.microsoft..",
                    "java.net..",
                    "java.nio..",
                    "java.io..");

    @ArchTest
    static final ArchRule memoryStandsOnFloorOne = staysWithin(ROOT + ".memory..", REGION);

    @ArchTest
    static final ArchRule settingsStandOnFloorOneAndTheRulesOfRetrying = staysWithin(SETTINGS, REGION, OPENAI, ATTEMPT);

    @ArchTest
    static final ArchRule telemetryDoesNotKnowHowCallsAreRouted = noClasses()
            .that()
            .resideInAPackage(ROOT + ".telemetry..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(PIPELINE, SETTINGS, HOST, ROOT)
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule pipelineKnowsNeitherSettingsNorWhatStandsAbove = noClasses()
            .that()
            .resideInAPackage(PIPELINE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SETTINGS, HOST, ROOT);

    @ArchTest
    static final ArchRule theRouterKnowsNoHost = noClasses()
            .that()
            .resideInAPackage(ROOT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(HOST);

    @ArchTest
    static final ArchRule nobodyKnowsTheLaboratory = noClasses()
            .that(resideInAPackage(HOUSE).and(DescribedPredicate.not(resideInAPackage(LAB))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(LAB);

    @ArchTest
    static final ArchRule thereAreNoCircles =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTheEdgesOfTheHostsBlock = noClasses()
            .that(deployed())
            .should(callMethodWhere(describe(
                    "blocks outside the four places that may", call -> blocks(call) && !mayBlock(call.getOrigin()))));

    @ArchTest
    static final ArchRule onlyTheStreamingHostPrints = noClasses()
            .that(deployed()
                    .and(describe(
                            "are not StreamingHost",
                            type -> !type.getSimpleName().equals("StreamingHost"))))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    @ArchTest
    static final ArchRule nothingSleeps =
            noClasses().that(deployed()).should().callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule classesAreFinal = classes()
            .that(deployed())
            .and()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and()
            .areNotAnonymousClasses()
            .and()
            .doNotHaveSimpleName("package-info")
            .should()
            .haveModifier(JavaModifier.FINAL);

    @ArchTest
    static final ArchRule everyPackageSaysWhatMayBeNull = classes()
            .that(deployed())
            .should(have(describe(
                    "a package that is @NullMarked",
                    (JavaClass type) -> type.getPackage().isAnnotatedWith(NullMarked.class))));

    private static ArchRule staysWithin(String... packages) {
        return noClasses()
                .that()
                .resideInAPackage(packages[0])
                .should()
                .dependOnClassesThat(resideInAPackage(HOUSE)
                        .and(DescribedPredicate.not(resideInAnyPackage(packages)))
                        .as("stand in the house outside %s", String.join(", ", packages)));
    }

    private static DescribedPredicate<JavaClass> deployed() {
        return DescribedPredicate.not(resideInAPackage(LAB)).as("are deployed");
    }

    private static boolean blocks(JavaMethodCall call) {
        JavaClass owner = call.getTargetOwner();
        return (owner.isAssignableTo(Mono.class) || owner.isAssignableTo(Flux.class))
                && (call.getName().startsWith("block")
                        || call.getName().equals("toIterable")
                        || call.getName().equals("toStream"));
    }

    private static boolean mayBlock(JavaCodeUnit place) {
        String owner = place.getOwner().getFullName();
        return owner.startsWith(ROOT + ".host.WorkerEngine")
                || owner.startsWith(ROOT + ".host.WorkerCall")
                || owner.equals(ROOT + ".settings.KeyVault") // at the start, and on the refresher's own thread
                || (owner.equals(ROOT + ".host.StreamingServer")
                        && place.getName().equals("awaitEnd"));
    }
}
