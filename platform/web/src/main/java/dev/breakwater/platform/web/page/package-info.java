/** Keyset pages: a limit, an opaque cursor, and no offset that grows slower with every page. */
@NullMarked
package dev.breakwater.platform.web.page;

import org.jspecify.annotations.NullMarked;
