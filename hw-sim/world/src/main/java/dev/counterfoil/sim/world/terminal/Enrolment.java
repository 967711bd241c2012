package dev.counterfoil.sim.world.terminal;

import dev.counterfoil.protocol.crypto.Signer;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.link.ServerTrust;
import dev.counterfoil.terminal.journal.EpochHeld;

/// What a terminal brought home from its enrolment.
///
/// @param certificateHash what GENESIS follows
/// @param firstEpoch offered with the enrolment
public record Enrolment(ServerTrust trust, Signer signer, String boardSerial, Hash certificateHash,
    EpochHeld firstEpoch) {}
