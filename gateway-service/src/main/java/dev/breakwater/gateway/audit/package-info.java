/** What the ledgers of all services say together, and whether that can be true. */
@NullMarked
package dev.breakwater.gateway.audit;

import org.jspecify.annotations.NullMarked;
