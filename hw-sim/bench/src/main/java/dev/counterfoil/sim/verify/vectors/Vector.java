package dev.counterfoil.sim.verify.vectors;

import java.util.List;

/// One published case: where a verifier stands, what it is given, and what it must answer. All byte strings are
/// hexadecimal, so that a reader in any language needs nothing but a JSON parser.
///
/// @param name stable name
/// @param why what the case is about, one sentence
/// @param check how to judge: see {@link Check}
/// @param start where the verifier stands before the first record
/// @param epochs epochs given to the terminal beside the one in `start`
/// @param accepted records that came before and must be accepted
/// @param records the records to judge, or the one signed statement's payload and signature
/// @param expect ACCEPTED or the name of a reason code
/// @param at index of the first refused record, 0 for accepted cases
public record Vector(String name, String why, Check check, Start start, List<Epoch> epochs,
    List<String> accepted, List<String> records, String expect, int at) {

  /// How a case is judged.
  public enum Check {
    /// Link all, check the last signature and every rotation.
    RECORDS_BY_HEAD,
    /// Link all, check every signature.
    RECORDS_EACH,
    /// `records` holds payload and signature of an acknowledgement.
    ACKNOWLEDGEMENT,
    /// `start.publicKey` alone is to be judged.
    KEY
  }

  /// @param algorithm 1 Ed25519, 2 ES256
  /// @param publicKey the registered key in its algorithm's encoding
  public record Start(String terminal, long seq, String hash, long turnover, Epoch epoch, int algorithm,
      String publicKey) {}

  public record Epoch(int number, String nonce) {}

  public Vector {
    epochs = List.copyOf(epochs);
    accepted = List.copyOf(accepted);
    records = List.copyOf(records);
  }

  public boolean isGood() {
    return expect.equals(VectorCheck.ACCEPTED);
  }
}
