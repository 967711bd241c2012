@NullMarked
package dev.counterfoil.terminal.enrolment;

import org.jspecify.annotations.NullMarked;
