/// The cryptography by which a card proves that it is no copy: AES-CMAC, diversified keys, the two AES authentications
/// of DESFire with their message authentication, and the signed messages of NTAG 424 DNA. Pure, on AES of the JDK alone;
/// terminal and server verify alike.
@NullMarked
package dev.counterfoil.protocol.card.proof;

import org.jspecify.annotations.NullMarked;
