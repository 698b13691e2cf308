@NullMarked
package dev.breakwater.platform.web.problem;

import org.jspecify.annotations.NullMarked;
