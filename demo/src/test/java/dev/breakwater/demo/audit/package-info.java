/** The reading of an audit. */
@NullMarked
package dev.breakwater.demo.audit;

import org.jspecify.annotations.NullMarked;
