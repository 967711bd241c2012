/// How a board becomes a terminal: one-time code to the server, certificate and keys back, journal begun.
@NullMarked
package dev.counterfoil.terminal.enrolment;

import org.jspecify.annotations.NullMarked;
