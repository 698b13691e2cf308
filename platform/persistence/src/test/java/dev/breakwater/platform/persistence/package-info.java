/** SQL with its values in the text, against a real server. */
@NullMarked
package dev.breakwater.platform.persistence;

import org.jspecify.annotations.NullMarked;
