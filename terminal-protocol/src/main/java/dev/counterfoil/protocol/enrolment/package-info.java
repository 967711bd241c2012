/// What an operator hands to the person who installs a terminal.
@NullMarked
package dev.counterfoil.protocol.enrolment;

import org.jspecify.annotations.NullMarked;
