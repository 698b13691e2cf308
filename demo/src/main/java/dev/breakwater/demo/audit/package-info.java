/** Asks the suite's own audit whether stock and money are right. */
@NullMarked
package dev.breakwater.demo.audit;

import org.jspecify.annotations.NullMarked;
