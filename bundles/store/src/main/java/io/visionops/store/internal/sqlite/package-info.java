/** The database file: its connections, migrations and native library. */
@NullMarked
package io.visionops.store.internal.sqlite;

import org.jspecify.annotations.NullMarked;
