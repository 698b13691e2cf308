/**
 * Real MariaDB, Redis and Kafka servers as processes of their own on the loopback interface, unpacked from Maven
 * Central artifacts: what the launcher runs and what the tests run are the same.
 */
@NullMarked
package dev.breakwater.platform.servers;

import org.jspecify.annotations.NullMarked;
