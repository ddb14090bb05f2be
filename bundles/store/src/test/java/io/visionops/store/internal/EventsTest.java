package io.visionops.store.internal;

import static io.visionops.store.internal.TestStore.NOON;
import static io.visionops.store.internal.TestStore.all;
import static io.visionops.store.internal.TestStore.cameraState;
import static io.visionops.store.internal.TestStore.crossing;
import static io.visionops.store.internal.TestStore.search;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.visionops.api.frame.Picture;
import io.visionops.api.journal.Entry;
import io.visionops.api.journal.Event;
import io.visionops.api.journal.Fact;
import io.visionops.api.query.EventPage;
import io.visionops.api.query.EventQuery;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventsTest extends StoreRig {

    @Test
    void anEventIsReadAsItWasWritten() {
        Event crossing = crossing("gate", NOON, "door", "person");
        Event state = cameraState("yard", NOON.plusMillis(1), "unreachable");

        store.append(Entry.of(crossing));
        store.append(Entry.of(state));

        assertThat(events(all(10))).containsExactly(state, crossing);
    }

    @Test
    void aReplayIsAcknowledgedAndNotWrittenAgain() {
        Event event = crossing("gate", NOON, "door", "person");
        Fact crossing = new Fact.Crossing("gate", NOON, "door", "person", Event.Direction.IN);
        UUID id = UUID.randomUUID();

        for (int i = 0; i < 3; i++) {
            store.append(Entry.of(event, crossing));
            store.append(Entry.of(id, crossing));
        }

        assertThat(events(all(10))).containsExactly(event);
        assertThat(store.reader().lineCounts(CountsTest.everything()).get(0).count()).hasValue(2);
    }

    @Test
    void pagesFollowEachOtherWithoutGapOrRepetitionAlsoWithinOneMillisecond() {
        List<Event> written = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            Event event = crossing("gate", NOON.plusMillis(i / 5), "door", "person");
            store.append(Entry.of(event));
            written.add(0, event);
        }

        List<Event> read = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            EventPage page = store.reader().events(after(cursor, 4));
            assertThat(page.events()).hasSizeLessThanOrEqualTo(4).isNotEmpty();
            page.events().forEach(stored -> read.add(stored.event()));
            cursor = page.next();
        } while (cursor.isPresent());

        assertThat(read).containsExactlyElementsOf(written);
    }

    @Test
    void aPageStaysInItsPlaceWhileNewEventsArrive() {
        Event old = crossing("gate", NOON, "door", "person");
        Event middle = crossing("gate", NOON.plusSeconds(1), "door", "person");
        store.append(Entry.of(old));
        store.append(Entry.of(middle));
        EventPage first = store.reader().events(all(1));

        store.append(Entry.of(crossing("gate", NOON.plusSeconds(2), "door", "person")));

        assertThat(events(after(first.next(), 5))).containsExactly(old);
    }

    @Test
    void aClockThatIsSetBackLosesNoEvent() {
        Event before = crossing("gate", NOON, "door", "person");
        Event after = crossing("gate", NOON.minusSeconds(3600), "door", "person");

        store.append(Entry.of(before));
        store.append(Entry.of(after));

        assertThat(events(all(10))).containsExactly(before, after);
    }

    @Test
    void filtersCombine() {
        Event wanted = crossing("gate", NOON, "door", "person");
        store.append(Entry.of(wanted));
        store.append(Entry.of(crossing("gate", NOON, "door", "car")));
        store.append(Entry.of(crossing("gate", NOON, "exit", "person")));
        store.append(Entry.of(crossing("yard", NOON, "door", "person")));
        store.append(Entry.of(crossing("gate", NOON.plusSeconds(1), "door", "person")));
        store.append(Entry.of(crossing("gate", NOON.minusMillis(1), "door", "person")));

        EventQuery query =
                new EventQuery(
                        Optional.of("gate"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("person"),
                        Optional.of("door"),
                        Optional.empty(),
                        Optional.of(NOON),
                        Optional.of(NOON.plusSeconds(1)),
                        Optional.of("cross"),
                        10,
                        Optional.empty());

        assertThat(events(query)).containsExactly(wanted);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1001, Integer.MAX_VALUE})
    void aLimitOutOfRangeIsRefused(int limit) {
        assertThatThrownBy(() -> store.reader().events(all(limit)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("limit " + limit + ": from 1 to 1000 is allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "x", "AAAAAAAAAAAAAAAA", "....", "ä", "AAAAAAAAAAAAAAAB'--"})
    void aCursorThatNobodyGaveIsRefused(String cursor) {
        assertThatThrownBy(() -> store.reader().events(after(Optional.of(cursor), 5)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("cursor is not one that a page of events has given")
                .hasMessageNotContaining("\n");
    }

    @Test
    void everyWordOfASearchMustOccurAndTheLastMayBeABeginning() {
        Event lost = cameraState("front-door", NOON, "unreachable: no route to host");
        Event person = crossing("front-door", NOON.plusSeconds(1), "line_1", "person");
        store.append(Entry.of(lost));
        store.append(Entry.of(person));

        assertThat(events(search("front-door"))).containsExactly(person, lost);
        assertThat(events(search("FRONT unreach"))).containsExactly(lost);
        assertThat(events(search("route front"))).containsExactly(lost);
        assertThat(events(search("rou front"))).isEmpty();
        assertThat(events(search("line_1"))).containsExactly(person);
        assertThat(events(search("person crossing"))).containsExactly(person);
        assertThat(events(search("person !!! "))).containsExactly(person);
        assertThat(events(search("   "))).containsExactly(person, lost);
        assertThat(events(search("?!"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"",
                "\"\"",
                "'",
                "*",
                "a*b",
                "^a",
                "a:b",
                "camera:gate",
                "NEAR(a b)",
                "a AND",
                "OR",
                "NOT",
                "a NOT b",
                "(",
                ")",
                "()",
                "-",
                "a-b",
                "+a",
                "{",
                "}",
                "[x]",
                "\\",
                "a\u0000b",
                "\u0000",
                "--",
                ";",
                "'; DROP TABLE events; --",
                "%",
                "_",
                "日本語",
                "👍",
                "\uD800",
                "a\"b\"c",
                "\"a b",
                "a b\"",
                "AND OR NOT",
                "*\"*",
                "\"*",
                "::",
                "?1",
                "$a",
                "@a",
                "#"
            })
    void nothingThatIsTypedIsASyntaxError(String text) {
        store.append(Entry.of(cameraState("gate", NOON, text)));

        assertThatCode(() -> store.reader().events(search(text))).doesNotThrowAnyException();
        assertThat(events(all(10))).hasSize(1);
    }

    @Test
    void aPictureIsKeptEncryptedWithItsEventAndVerified() throws IOException {
        byte[] jpeg = jpeg(64, 48);
        Event event = crossing("gate", NOON, "door", "person");

        store.append(Entry.of(event, new Fact.Snapshot("gate", jpeg)));

        assertThat(store.reader().events(all(1)).events().get(0).hasSnapshot()).isTrue();
        Picture picture = store.reader().snapshot(event.id()).orElseThrow();
        assertThat(picture.jpeg()).isEqualTo(jpeg);
        assertThat(picture.width()).isEqualTo(64);
        assertThat(picture.height()).isEqualTo(48);
        assertThat(picture.camera()).isEqualTo("gate");
        assertThat(picture.capturedAt()).isEqualTo(NOON);
        Path file = folder.resolve("snapshots/2026-06-01/" + event.id() + ".jpg.enc");
        byte[] stored = Files.readAllBytes(file);
        assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("JFIF");

        stored[40] ^= 1;
        Files.write(file, stored);

        assertThat(store.reader().snapshot(event.id())).isEmpty();
        assertThat(store.reader().snapshot(UUID.randomUUID())).isEmpty();
    }

    @Test
    void aPictureThatCannotBeWrittenCostsThePictureAndNotTheEvent() throws IOException {
        Files.writeString(folder.resolve("snapshots"), "a file where the folder should be");
        Event event = crossing("gate", NOON, "door", "person");

        store.append(Entry.of(event, new Fact.Snapshot("gate", jpeg(8, 8))));

        EventPage page = store.reader().events(all(1));
        assertThat(page.events()).containsExactly(new EventPage.Stored(event, false));
    }

    @Test
    void noPartialPictureIsLeft() throws IOException {
        for (int i = 0; i < 100; i++) {
            Event event = crossing("gate", NOON, "door", "person");
            store.append(Entry.of(event, new Fact.Snapshot("gate", jpeg(8, 8))));
        }

        try (Stream<Path> files = Files.walk(folder.resolve("snapshots"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .hasSize(100)
                    .allMatch(file -> file.toString().endsWith(".jpg.enc"));
        }
    }

    private List<Event> events(EventQuery query) {
        return store.reader().events(query).events().stream().map(EventPage.Stored::event).toList();
    }

    private static EventQuery after(Optional<String> cursor, int limit) {
        EventQuery all = all(limit);
        return new EventQuery(
                all.camera(),
                Optional.empty(),
                Optional.empty(),
                all.label(),
                all.line(),
                all.zone(),
                all.from(),
                all.to(),
                all.text(),
                limit,
                cursor);
    }

    private static byte[] jpeg(int width, int height) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "jpg", out);
        return out.toByteArray();
    }
}
