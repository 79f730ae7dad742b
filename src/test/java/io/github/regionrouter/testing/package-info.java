/** What tests of the hosts share: callers, regions that write any bytes, a clock driven by hand, a stand-in of the worker. */
@NullMarked
package io.github.regionrouter.testing;

import org.jspecify.annotations.NullMarked;
