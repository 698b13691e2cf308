/** The OpenAPI document against what is really answered. */
@NullMarked
package dev.breakwater.e2e.contract;

import org.jspecify.annotations.NullMarked;
