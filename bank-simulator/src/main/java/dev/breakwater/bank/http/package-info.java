/** The simulator's HTTP edge on the JDK's own server: routes, the API key, and every refusal as a JSON problem. */
@NullMarked
package dev.breakwater.bank.http;

import org.jspecify.annotations.NullMarked;
