/// How cards are made to prove who they are, over any reader's [dev.counterfoil.terminal.device.CardChannel]: each rule is
/// a [dev.counterfoil.terminal.device.CardProver], and
/// [dev.counterfoil.terminal.driver.proof.CardTrial] decides what a card taken away in the middle means. The cryptography
/// is in [dev.counterfoil.protocol.card.proof].
///
/// Source of commands and status codes: NXP AN12196 and AN12343, the published DESFire EV1 recordings, libfreefare's list.
@NullMarked
package dev.counterfoil.terminal.driver.proof;

import org.jspecify.annotations.NullMarked;
