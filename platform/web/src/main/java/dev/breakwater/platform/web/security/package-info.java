/** Bearer tokens verified by each service for itself, and the guard that keeps demo secrets in the demo. */
@NullMarked
package dev.breakwater.platform.web.security;

import org.jspecify.annotations.NullMarked;
