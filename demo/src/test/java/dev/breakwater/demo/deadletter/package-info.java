/** Against a real Kafka. */
@NullMarked
package dev.breakwater.demo.deadletter;

import org.jspecify.annotations.NullMarked;
