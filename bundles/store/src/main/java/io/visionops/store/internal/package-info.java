/** The store as a component: opens the database, publishes its services, forgets what is old. */
@NullMarked
package io.visionops.store.internal;

import org.jspecify.annotations.NullMarked;
