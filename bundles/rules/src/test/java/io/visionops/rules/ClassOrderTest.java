package io.visionops.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.visionops.rules.cycle.both.Chicken;
import io.visionops.rules.cycle.one.Hen;
import io.visionops.rules.cycle.two.Egg;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClassOrderTest {

    private final ClassOrder order = new ClassOrder(Map.of());

    @Test
    void aCycleIsNamedFromWhereItBegins() {
        assertThat(
                        order.violations(
                                Map.of(
                                        "p.A", Set.of("p.B"),
                                        "p.B", Set.of("p.C"),
                                        "p.C", Set.of("p.B"))))
                .containsExactly("p has a cycle: B > C > B");
    }

    @Test
    void aClassMayBeNeededOnManyWaysAndByItself() {
        assertThat(
                        order.violations(
                                Map.of(
                                        "p.A", Set.of("p.A", "p.B", "p.C"),
                                        "p.B", Set.of("p.D"),
                                        "p.C", Set.of("p.D"))))
                .isEmpty();
    }

    @Test
    void otherPackagesDoNotCount() {
        assertThat(order.violations(Map.of("p.A", Set.of("q.B"), "q.B", Set.of("p.A")))).isEmpty();
    }

    @Test
    void eightClassesMayStandOnEachOtherAndNineMayNot() {
        Map<String, Set<String>> needs = new HashMap<>();
        for (int i = 1; i < ClassOrder.DEEPEST; i++) {
            needs.put("p.C" + i, Set.of("p.C" + (i + 1)));
        }
        assertThat(order.violations(needs)).isEmpty();
        needs.put("p.C8", Set.of("p.C9"));

        assertThat(order.violations(needs))
                .containsExactly("p has 9 in a chain: C1 > C2 > C3 > C4 > C5 > C6 > C7 > C8 > C9");
        assertThat(new ClassOrder(Map.of("p", "9")).violations(needs)).isEmpty();
    }

    @Test
    void anExceptionHoldsForTheOneNeedThatItNames() {
        Map<String, Set<String>> needs =
                Map.of("p.A", Set.of("p.B", "p.C"), "p.B", Set.of("p.A"), "p.C", Set.of("p.A"));

        assertThat(new ClassOrder(Map.of("p.A", "p.B")).violations(needs))
                .containsExactly("p has a cycle: A > C > A");
    }

    @Test
    void classesThatAnotherEnclosesBelongToIt() {
        JavaClasses classes = new ClassFileImporter().importPackagesOf(Chicken.class);

        assertThat(order.violations(classes))
                .containsExactly(
                        "io.visionops.rules.cycle.both has a cycle: Chicken > Nest > Chicken");
    }

    @Test
    void packagesThatNeedEachOtherAreLeftToTheRuleForPackages() {
        JavaClasses classes = new ClassFileImporter().importClasses(Hen.class, Egg.class);

        assertThat(order.violations(classes)).isEmpty();
    }

    @Test
    void theShippedExceptionsAreRead() {
        assertThat(ClassOrder.shipped()).isNotNull();
    }
}
