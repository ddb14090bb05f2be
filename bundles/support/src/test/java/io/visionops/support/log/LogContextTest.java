package io.visionops.support.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.spi.MDCAdapter;

class LogContextTest {

    private MDCAdapter before;

    /** The logger of these tests has none that keeps anything. */
    @BeforeEach
    void useOneThatKeeps() throws ReflectiveOperationException {
        Method set = MDC.class.getDeclaredMethod("setMDCAdapter", MDCAdapter.class);
        set.setAccessible(true);
        before = MDC.getMDCAdapter();
        set.invoke(null, new BasicMDCAdapter());
    }

    @AfterEach
    void useTheOneBefore() throws ReflectiveOperationException {
        Method set = MDC.class.getDeclaredMethod("setMDCAdapter", MDCAdapter.class);
        set.setAccessible(true);
        set.invoke(null, before);
    }

    @Test
    void workHasAnIdWhileItLastsAndNoneAfterwards() {
        try (LogContext work = LogContext.work()) {
            assertThat(LogContext.id()).matches("[0-9a-f]{12}");
            assertThat(work).isNotNull();
        }

        assertThat(LogContext.id()).isNull();
    }

    @Test
    void workWithinWorkKeepsItsId() {
        try (LogContext outer = LogContext.work("request-1");
                LogContext inner = LogContext.work()) {
            assertThat(LogContext.id()).isEqualTo("request-1");
            assertThat(outer).isNotSameAs(inner);
        }
    }

    @Test
    void eachSessionOfACameraHasAnIdOfItsOwnAndWhatWasBeforeComesBack() {
        try (LogContext outer = LogContext.work("update-7")) {
            String first = idOfSession("front");
            String second = idOfSession("front");

            assertThat(first).isNotEqualTo(second).isNotEqualTo("update-7");
            assertThat(LogContext.id()).isEqualTo("update-7");
            assertThat(MDC.get(LogContext.CAMERA)).isNull();
            assertThat(outer).isNotNull();
        }
    }

    @Test
    void whatAnotherThreadDoesForItHasTheSameId() {
        AtomicReference<String> seen = new AtomicReference<>();
        Runnable carried;
        LogContext outer = LogContext.work("command-1");
        try {
            carried = LogContext.carried(() -> seen.set(LogContext.id()));
        } finally {
            outer.close();
        }

        carried.run();

        assertThat(seen).hasValue("command-1");
        assertThat(LogContext.id()).isNull();
    }

    private static String idOfSession(String camera) {
        try (LogContext session = LogContext.session(camera)) {
            assertThat(MDC.get(LogContext.CAMERA)).isEqualTo(camera);
            assertThat(session).isNotNull();
            return String.valueOf(LogContext.id());
        }
    }
}
