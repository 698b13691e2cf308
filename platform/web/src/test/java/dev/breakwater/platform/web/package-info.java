@NullMarked
package dev.breakwater.platform.web;

import org.jspecify.annotations.NullMarked;
