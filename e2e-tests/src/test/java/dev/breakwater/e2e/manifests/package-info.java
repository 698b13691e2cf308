/** The manifests of Kubernetes, as they would be sent to an API server. */
@NullMarked
package dev.breakwater.e2e.manifests;

import org.jspecify.annotations.NullMarked;
