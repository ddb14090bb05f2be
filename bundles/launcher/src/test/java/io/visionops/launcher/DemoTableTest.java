package io.visionops.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class DemoTableTest {

    @Test
    void bothWaysOfALineAreOneRowWithDigitsThatEverybodyReads() throws Exception {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG"));
        try {
            String rows =
                    DemoTable.rows(
                            new ObjectMapper()
                                    .readTree(
                                            """
                        [{"line":"door","label":"moving","direction":"in","count":12},
                         {"line":"door","label":"moving","direction":"out","count":3},
                         {"line":"gate","label":"person","direction":"in","count":null}]
                        """));

            assertThat(rows).isEqualTo("door         moving       in    12   out     3\n");
        } finally {
            Locale.setDefault(before);
        }
    }
}
