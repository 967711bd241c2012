package dev.counterfoil.settlement.api;

import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.settlement.engine.CoreAccess;
import dev.counterfoil.settlement.machine.MachineDesk;
import dev.counterfoil.settlement.machine.MachineIssue;
import dev.counterfoil.settlement.machine.SignedRequest;
import dev.counterfoil.settlement.operator.Permission;
import dev.counterfoil.settlement.secret.SealedColumn;
import dev.counterfoil.settlement.store.MachineRow;
import dev.counterfoil.settlement.store.NonceRow;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Lets machines in (SEC-03): token, signature over the whole request, time, scope, and a nonce that was not used before,
/// in this order. What is refused has written nothing; a nonce is used up by a request that is let in, before its work.
final class MachineDoor {

  private static final Pattern HEADER = Pattern.compile("Machine ([1-9][0-9]{0,8})\\.([A-Za-z0-9_-]{43})");
  private static final Pattern TIME = Pattern.compile("[0-9]{1,12}");
  private static final Pattern NONCE = Pattern.compile("[A-Za-z0-9_-]{16,64}");

  private final CoreAccess core;
  private final Readers readers;
  private final SealedColumn sealed;
  private final InstantSource clock;

  MachineDoor(CoreAccess core, Readers readers, SealedColumn sealed, InstantSource clock) {
    this.core = core;
    this.readers = readers;
    this.sealed = sealed;
    this.clock = clock;
  }

  /// Whether a machine is calling, as it says.
  static boolean isMachine(@Nullable String authorization) {
    return authorization != null && authorization.startsWith("Machine ");
  }

  /// @throws ApiException NOT_SIGNED_IN (no such token, or revoked), MACHINE_EXPIRED, MACHINE_SIGNATURE, MACHINE_TIME,
  /// MACHINE_SCOPE
  /// @throws dev.counterfoil.settlement.account.RefusedException MACHINE_REPLAY
  Caller admit(WebRequest request, Permission permission) {
    Instant now = clock.instant();
    MachineRow row = known(request.authorization());
    if (now.toEpochMilli() >= row.expiresMs()) {
      throw new ApiException("MACHINE_EXPIRED", "machine=" + row.name());
    }
    requireSignature(request, row);
    requireTime(request.stamp().time(), now);
    if (!row.scopes().contains(permission)) {
      throw new ApiException("MACHINE_SCOPE", "needs=" + permission);
    }
    use(row, request.stamp().nonce(), now);
    return Caller.machine(row);
  }

  private MachineRow known(@Nullable String authorization) {
    Matcher parts = HEADER.matcher(authorization == null ? "" : authorization);
    if (!parts.matches()) {
      throw new ApiException("NOT_SIGNED_IN", "");
    }
    int site = Integer.parseInt(parts.group(1));
    Hash token = MachineIssue.hash(parts.group(2));
    return readers.read(reads -> reads.office().machine(site, token)).filter(row -> row.revokedMs() == 0)
        .orElseThrow(() -> new ApiException("NOT_SIGNED_IN", ""));
  }

  private void requireSignature(WebRequest request, MachineRow row) {
    WebRequest.Stamp stamp = request.stamp();
    byte[] key = HexFormat.of().parseHex(sealed.open(MachineIssue.cell(row.site(), row.name()), row.key()));
    var signed = new SignedRequest(request.route().verb().name(), request.uri(), stamp.time(),
        stamp.nonce(), request.body());
    if (!signed.isSignedBy(key, stamp.signature())) {
      throw new ApiException("MACHINE_SIGNATURE", "machine=" + row.name());
    }
  }

  private static void requireTime(String time, Instant now) {
    Duration off = TIME.matcher(time).matches()
        ? Duration.between(Instant.ofEpochSecond(Long.parseLong(time)), now).abs()
        : Duration.ofDays(1);
    if (off.compareTo(MachineDesk.WINDOW) > 0) {
      throw new ApiException("MACHINE_TIME",
          "header=Counterfoil-Time allowed=" + now.getEpochSecond() + " and " + MachineDesk.WINDOW.toSeconds()
              + " seconds around it");
    }
  }

  private void use(MachineRow row, String nonce, Instant now) {
    if (!NONCE.matcher(nonce).matches()) {
      throw new ApiException("FIELD_INVALID",
          "header=Counterfoil-Nonce allowed=16 to 64 of A-Z a-z 0-9 _ -, never twice");
    }
    core.call(server -> {
      server.machines().use(new NonceRow(row.site(), row.number(), nonce, now.toEpochMilli()));
      return row;
    });
  }
}
