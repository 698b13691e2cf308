/** Takes orders and leads each to its final status; one package a feature. */
@NullMarked
package dev.breakwater.order;

import org.jspecify.annotations.NullMarked;
