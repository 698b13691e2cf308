/**
 * What the services' tests share: real servers ({@link WithServers}), tokens ({@link TestTokens}), samples of every
 * message.
 */
@NullMarked
package dev.breakwater.platform.testing;

import org.jspecify.annotations.NullMarked;
