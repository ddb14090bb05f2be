/** What is needed to speak to devices: names of hosts, answers of HTTP and RTSP within bounds. */
@NullMarked
package io.visionops.support.network;

import org.jspecify.annotations.NullMarked;
