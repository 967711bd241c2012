package dev.counterfoil.settlement.secret;

/// What one guess at a password costs (RFC 9106).
///
/// @param memoryKib  memory in KiB, 8 to 262,144 for each lane
/// @param iterations passes over the memory, 1 to 16
/// @param lanes      1 to 4; computed one after the other
public record Argon2Cost(int memoryKib, int iterations, int lanes) {

  /// For operators, who sign in a few times a day.
  public static final Argon2Cost OPERATOR = new Argon2Cost(19_456, 3, 1);

  /// For holders, who type six digits while a queue waits. A million candidates are searched whatever a guess costs:
  /// what protects these is the pepper, which is not in the database.
  public static final Argon2Cost HOLDER = new Argon2Cost(7_168, 5, 1);

  /// A row that was tampered with must not take the server's whole memory.
  private static final int MOST_MEMORY_KIB = 262_144;
  private static final int MOST_ITERATIONS = 16;
  private static final int MOST_LANES = 4;
  private static final int LEAST_KIB_A_LANE = 8;

  public Argon2Cost {
    require("lanes", lanes, 1, MOST_LANES);
    require("memoryKib", memoryKib, LEAST_KIB_A_LANE * lanes, MOST_MEMORY_KIB);
    require("iterations", iterations, 1, MOST_ITERATIONS);
  }

  private static void require(String name, int found, int least, int most) {
    if (found < least || found > most) {
      throw new IllegalArgumentException(
          name + "=" + found + " expected " + least + " to " + most);
    }
  }
}
