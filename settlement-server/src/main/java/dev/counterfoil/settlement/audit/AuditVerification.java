package dev.counterfoil.settlement.audit;

import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.crypto.VerificationKey;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads an exported audit trail line by line and stops at the first that is wrong; keeps the chain's end and nothing else,
/// so that years of events need no memory. One thread; no line may follow a fault.
public final class AuditVerification {

  /// @param number of the event or root's last event that the fault is about, as far as the line can be read, else the
  ///               number that was due
  public record Fault(AuditFault why, long number) {}

  /// What a trail without a fault spans.
  ///
  /// @param rooted number of the last event that a signed root covers; those behind it only agree with each other
  public record Span(int site, long events, long roots, long rooted, LocalDate lastDay) {}

  private final VerificationKey key;
  private final SignatureVerifier signatures;

  private boolean begun;
  private @Nullable AuditChain chain;
  private @Nullable AuditRoot lastRoot;
  private long roots;

  public AuditVerification(VerificationKey key, SignatureVerifier signatures) {
    this.key = key;
    this.signatures = signatures;
  }

  /// @param line without its end
  /// @return what is wrong with it, if anything
  public Optional<Fault> next(String line) {
    if (!begun) {
      begun = true;
      return line.equals(AuditLine.HEADER) ? Optional.empty() : fault(AuditFault.NO_HEADER, 0);
    }
    AuditLine read = AuditLine.parse(line).orElse(null);
    return switch (read) {
      case null -> fault(AuditFault.BAD_LINE, due());
      case AuditLine.Event(AuditChain.Link link) -> event(link);
      case AuditLine.Root(AuditRoot.Signed signed) -> root(signed);
    };
  }

  /// To be asked behind the last line: a trail needs a root, or its rows could all have been made up together.
  public Optional<Fault> end() {
    if (!begun) {
      return fault(AuditFault.NO_HEADER, 0);
    }
    return lastRoot == null ? fault(AuditFault.NO_ROOT, due() - 1) : Optional.empty();
  }

  /// @throws IllegalStateException before {@link #end} said that nothing is wrong
  public Span span() {
    if (chain == null || lastRoot == null) {
      throw new IllegalStateException("the trail has no root");
    }
    return new Span(chain.site(), chain.number(), roots, lastRoot.last().number(), lastRoot.day());
  }

  private Optional<Fault> event(AuditChain.Link link) {
    AuditEvent event = link.event();
    AuditChain before = chainOf(event.site());
    if (before.site() != event.site()) {
      return fault(AuditFault.OTHER_SITE, event.number());
    }
    if (event.number() > before.number() + 1) {
      return fault(AuditFault.MISSING_ROW, before.number() + 1);
    }
    if (event.number() <= before.number()) {
      return fault(AuditFault.EXTRA_ROW, event.number());
    }
    if (!event.hashAfter(before.head()).equals(link.hash())) {
      return fault(AuditFault.WRONG_HASH, event.number());
    }
    chain = link.end();
    return Optional.empty();
  }

  private Optional<Fault> root(AuditRoot.Signed signed) {
    AuditChain last = signed.root().last();
    AuditChain before = chainOf(last.site());
    if (before.site() != last.site()) {
      return fault(AuditFault.OTHER_SITE, last.number());
    }
    if (!signed.isBy(key, signatures)) {
      return fault(AuditFault.BAD_ROOT_SIGNATURE, last.number());
    }
    if (last.number() > before.number()) {
      return fault(AuditFault.ROOT_AHEAD, before.number() + 1);
    }
    if (!last.equals(before)) {
      return fault(AuditFault.WRONG_ROOT, last.number());
    }
    if (lastRoot != null && !signed.root().day().isAfter(lastRoot.day())) {
      return fault(AuditFault.ROOT_ORDER, last.number());
    }
    chain = before;
    lastRoot = signed.root();
    roots++;
    return Optional.empty();
  }

  private AuditChain chainOf(int site) {
    return chain == null ? AuditChain.empty(site) : chain;
  }

  private long due() {
    return chain == null ? 1 : chain.number() + 1;
  }

  private static Optional<Fault> fault(AuditFault why, long number) {
    return Optional.of(new Fault(why, number));
  }
}
