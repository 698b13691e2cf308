/** The contract as OpenAPI, and a page to try it out. */
@NullMarked
package dev.breakwater.gateway.docs;

import org.jspecify.annotations.NullMarked;
