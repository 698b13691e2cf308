/** What is true of every exchange: a trace id, a response time, and a bound on the body. */
@NullMarked
package dev.breakwater.platform.web.exchange;

import org.jspecify.annotations.NullMarked;
