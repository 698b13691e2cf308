/**
 * The bank's schema and its transactions. The schema is a plain script that only creates what is missing: five tables
 * that never change do not pay for a migration tool's start-up time and memory in a process of 120 MiB.
 */
@NullMarked
package dev.breakwater.bank.database;

import org.jspecify.annotations.NullMarked;
