/** SQL with its values in the text, against a real server, and who shares a transaction. */
@NullMarked
package dev.breakwater.platform.persistence;

import org.jspecify.annotations.NullMarked;
