/** What customers and admins do, from the first call to the last consequence. */
@NullMarked
package dev.breakwater.e2e.journeys;

import org.jspecify.annotations.NullMarked;
