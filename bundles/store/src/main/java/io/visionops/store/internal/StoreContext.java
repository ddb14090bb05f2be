package io.visionops.store.internal;

import io.visionops.api.time.Ticker;
import io.visionops.store.internal.maintenance.UpkeepSettings;
import io.visionops.store.internal.picture.PictureKeys;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.function.Supplier;

/**
 * What a store works with, from one opening of its database to the next.
 *
 * @param folder of the database
 * @param kept for how long rows are kept
 * @param zone in which a day begins
 */
record StoreContext(
        Path folder,
        Supplier<RetentionPolicy> kept,
        Supplier<ZoneId> zone,
        Supplier<UpkeepSettings> settings,
        PictureKeys keys,
        Clock clock,
        Ticker ticker) {}
