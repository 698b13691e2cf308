@NullMarked
package dev.breakwater.payment.bank;

import org.jspecify.annotations.NullMarked;
