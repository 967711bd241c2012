package dev.counterfoil.protocol;

/// Why a record, a batch, a frame or a connection was refused. The name is the stable code that stands in messages,
/// logs, exceptions and the published vectors; names are never reused or changed.
///
/// Where several would apply, a verifier reports the first in the order of this list within its group: what can be
/// told from the bytes alone comes before what needs the chain, and the signature comes last because it costs most.
public enum ReasonCode {
  // One record, from its own bytes.
  TRUNCATED("record is shorter than its header or its stated length"),
  BAD_MAGIC("record does not start with CFJ1"),
  UNSUPPORTED_VERSION("record version is not supported"),
  UNSUPPORTED_ALGORITHM("signature algorithm is not supported"),
  BODY_TOO_LARGE("record body exceeds 16384 bytes"),
  TRAILING_BYTES("bytes follow the signature"),
  BAD_BODY("record body cannot be read as its kind demands"),
  BAD_AMOUNT("amount does not fit the record's kind"),

  // A record in its chain.
  WRONG_TERMINAL("record belongs to another terminal"),
  SEQ_GAP("sequence number is ahead of the chain"),
  SEQ_REGRESS("sequence number is behind the chain"),
  WRONG_PREVIOUS("record does not link to the record before"),
  BAD_TURNOVER("turnover is not the previous turnover plus the amount"),
  GENESIS_MISSING("first record of an enrolment is not GENESIS"),
  BAD_GENESIS("genesis does not fit the enrolment"),
  WRONG_EPOCH("epoch was never given to this terminal, or goes backwards"),
  BAD_GAP("gap record does not fit the chain"),
  UNKNOWN_KEY("key id is not the terminal's key"),
  REVOKED_KEY("key was revoked"),
  WRONG_ALGORITHM("record's algorithm is not its key's"),
  BAD_SIGNATURE("signature does not verify"),
  FORK("another record with this sequence number is already in the chain"),

  // Public keys and signed statements.
  BAD_KEY("public key is malformed or of small order"),
  BAD_STATEMENT("signed statement cannot be read"),
  STALE_STATEMENT("signed statement is older than the one already held"),
  WRONG_GENERATION("server generation is not the expected one"),

  // Frames and connections.
  BAD_FRAME_MAGIC("frame does not start with 4346"),
  UNSUPPORTED_FRAME_VERSION("frame version is not supported"),
  BAD_FRAME_FLAGS("reserved frame flags are set"),
  EMPTY_FRAME("frame has no body"),
  FRAME_TOO_LARGE("frame exceeds the limit"),
  BAD_MESSAGE("frame body is not a message of this protocol"),
  UNEXPECTED_MESSAGE("message is not allowed in this state"),
  BATCH_TOO_LARGE("batch exceeds 500 records or 262144 bytes"),
  EMPTY_BATCH("batch has no records"),
  HANDSHAKE_TIMEOUT("TLS handshake took too long"),
  FIRST_BYTE_TIMEOUT("no byte arrived in time"),
  TOO_SLOW("a frame arrived slower than the least rate"),
  IDLE_TIMEOUT("nothing arrived in time"),
  TOO_MANY_CONNECTIONS("too many connections"),
  QUEUE_FULL("peer does not read what it is sent"),
  UNSUPPORTED_PROTOCOL("no common protocol version"),
  NOT_ENROLLED("certificate is not of an enrolled terminal"),
  TERMINAL_FROZEN("terminal is frozen"),
  CERTIFICATE_REVOKED("certificate was revoked"),
  CLONE("another device presents this terminal's identity"),
  ROLLED_BACK("terminal stands before records that it once sent"),
  SUPERSEDED("a newer connection replaced this one"),
  SERVER_BUSY("server is overloaded, come back later"),
  SHUTDOWN("peer is shutting down");

  private final String meaning;

  ReasonCode(String meaning) {
    this.meaning = meaning;
  }

  /// One line for a human, in English, without a full stop.
  public String meaning() {
    return meaning;
  }
}
