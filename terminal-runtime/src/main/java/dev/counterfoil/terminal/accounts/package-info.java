/// What a terminal knows of accounts and cards without the server: snapshot, deny list, own spends.
@NullMarked
package dev.counterfoil.terminal.accounts;

import org.jspecify.annotations.NullMarked;
