@NullMarked
package dev.breakwater.platform.web.security;

import org.jspecify.annotations.NullMarked;
