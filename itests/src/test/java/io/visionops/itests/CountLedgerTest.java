package io.visionops.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CountLedgerTest {

    @TempDir Path folder;
    private Path database;
    private CountLedger ledger;

    @BeforeEach
    void aDatabaseWithTwoCrossings() throws Exception {
        database = folder.resolve("some.db");
        write(
                "CREATE TABLE events (seq INTEGER PRIMARY KEY, id BLOB, time INTEGER, type TEXT,"
                        + " camera TEXT, label TEXT, score REAL, track INTEGER, x1 REAL, y1 REAL,"
                        + " x2 REAL, y2 REAL, line TEXT, zone TEXT, direction TEXT, detail TEXT,"
                        + " subject TEXT, severity TEXT)",
                "CREATE TABLE counts (camera TEXT, line TEXT, label TEXT, direction TEXT,"
                        + " minute INTEGER, count INTEGER)",
                crossing(1, 7, 1000),
                crossing(2, 8, 5000),
                "INSERT INTO counts VALUES ('east', 'door', 'moving', 'in', 0, 2)");
        ledger = CountLedger.of(database);
        ledger.look();
    }

    @Test
    void whatIsAsItWasIsWell() throws Exception {
        ledger.assertThatNothingIsLostOrDoubled();

        assertThat(ledger.account()).isEqualTo(new CountLedger.Account(2, 0, 0, 0));
    }

    @Test
    void whatIsAddedWithItsCountIsWell() throws Exception {
        write(crossing(3, 9, 9000), "INSERT INTO counts VALUES ('east','door','moving','in',60,1)");

        ledger.assertThatNothingIsLostOrDoubled();

        assertThat(ledger.crossings()).isEqualTo(3);
    }

    @Test
    void whatIsGoneWithItsCountIsLost() throws Exception {
        write("DELETE FROM events WHERE seq = 2", "UPDATE counts SET count = 1");

        assertThatThrownBy(ledger::assertThatNothingIsLostOrDoubled)
                .hasMessageContaining("is gone");
        assertThat(ledger.account()).isEqualTo(new CountLedger.Account(2, 1, 0, 0));
    }

    @Test
    void whatWasGoneAtOneLookAndIsBackStaysLost() throws Exception {
        write("UPDATE events SET type = 'other' WHERE seq = 2");
        ledger.look();
        write("UPDATE events SET type = 'crossing' WHERE seq = 2");

        assertThatThrownBy(ledger::assertThatNothingIsLostOrDoubled)
                .hasMessageContaining("is gone");
    }

    @Test
    void whatSaysSomethingElseIsLost() throws Exception {
        write("UPDATE events SET detail = 'another' WHERE seq = 2");

        assertThatThrownBy(ledger::assertThatNothingIsLostOrDoubled)
                .hasMessageContaining("another");
    }

    @Test
    void whatIsThereUnderAnotherIdIsDoubledThoughItIsCounted() throws Exception {
        write(crossing(3, 8, 5000), "UPDATE counts SET count = 3");

        assertThatThrownBy(ledger::assertThatNothingIsLostOrDoubled)
                .hasMessageContaining("is also");
        assertThat(ledger.account()).isEqualTo(new CountLedger.Account(3, 0, 1, 0));
    }

    @Test
    void countsThatAreMoreThanTheEventsOfTheirLineAreWrong() throws Exception {
        write("UPDATE counts SET count = 3");

        assertThatThrownBy(ledger::assertThatNothingIsLostOrDoubled)
                .hasMessageContaining("are 1 more than its events");
    }

    @Test
    void countsOfOneLineDoNotStandInForThoseOfAnother() throws Exception {
        write("UPDATE counts SET line = 'gate'");

        assertThatThrownBy(ledger::assertThatNothingIsLostOrDoubled)
                .hasMessageContaining("gate")
                .hasMessageContaining("door");
    }

    private static String crossing(int id, int track, int time) {
        return String.format(
                Locale.ROOT,
                "INSERT INTO events VALUES (%d, x'0%d', %d, 'crossing', 'east', 'moving', 1.0, %d,"
                        + " 0, 0, 1, 1, 'door', null, 'in', '', 'camera/east', 'info')",
                id,
                id,
                time,
                track);
    }

    private void write(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            for (String one : statements) {
                statement.executeUpdate(one);
            }
        }
    }
}
