package dev.counterfoil.sim.verify;

import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.settlement.audit.AuditVerification;
import dev.counterfoil.settlement.audit.AuditVerification.Fault;
import dev.counterfoil.settlement.audit.AuditVerification.Span;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// An exported audit trail in a file: one unbroken chain, each root signed by this key? Reads line by line.
public final class AuditFile {

  private final SignatureVerifier signatures;

  public AuditFile(SignatureVerifier signatures) {
    this.signatures = signatures;
  }

  /// Prints one line: what the trail spans, or its first bad line and why.
  ///
  /// @return 0 if it is whole, 1 if not
  /// @throws IOException if the file cannot be read
  public int check(Path file, VerificationKey key, PrintStream out) throws IOException {
    var verification = new AuditVerification(key, signatures);
    // Bytes that are no UTF-8 become a replacement character and with it a wrong hash, named by its line.
    try (var in = new BufferedReader(
        new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
      long number = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        number++;
        Optional<Fault> fault = verification.next(line);
        if (fault.isPresent()) {
          return bad(number, fault.get(), out);
        }
      }
      Optional<Fault> fault = verification.end();
      return fault.isPresent() ? bad(number, fault.get(), out) : good(verification.span(), out);
    }
  }

  private static int bad(long line, Fault fault, PrintStream out) {
    out.printf(Locale.ROOT, "BAD line=%d row=%d reason=%s meaning=\"%s\"%n", line, fault.number(),
        fault.why(),
        fault.why().meaning());
    return 1;
  }

  private static int good(Span span, PrintStream out) {
    out.printf(Locale.ROOT, "GOOD site=%d rows=%d roots=%d signed_up_to=%d last_day=%s%n", span.site(),
        span.events(), span.roots(), span.rooted(), span.lastDay());
    return 0;
  }
}
