/** What Karaf's ssh server calls of sshd's server for scp, without scp. */
@NullMarked
package org.apache.sshd.scp.server;

import org.jspecify.annotations.NullMarked;
