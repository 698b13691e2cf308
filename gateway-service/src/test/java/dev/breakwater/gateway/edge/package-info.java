/** Tests of the gateway against small servers that stand in for the services. */
@NullMarked
package dev.breakwater.gateway.edge;

import org.jspecify.annotations.NullMarked;
