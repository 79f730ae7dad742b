/**
 * Floor 5: the two hosts over the one engine. The worker host takes and gives whole bodies, the streaming host passes them on
 * as they come.
 */
@NullMarked
package io.github.regionrouter.host;

import org.jspecify.annotations.NullMarked;
