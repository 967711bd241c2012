package dev.counterfoil.sim.world.oracle;

import static dev.counterfoil.sim.world.InvariantViolation.require;

import dev.counterfoil.protocol.crypto.SignatureVerifier;
import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.settlement.audit.AuditChain;
import dev.counterfoil.settlement.audit.AuditEntry;
import dev.counterfoil.settlement.audit.AuditLine;
import dev.counterfoil.settlement.audit.AuditVerification;
import dev.counterfoil.settlement.store.SettlementReads;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// I-15: the audit trail tells of every deed of the office, in order and under the right name; its hashes are those of
/// docs/AUDIT.md, reckoned here from that page alone; and of an export in which one character is another the product's own
/// check names the row.
public final class TrailAudit {
  private static final int TAMPERED = 6;

  private final SettlementReads books;
  private final int site;
  private final PaperBook paper;

  public TrailAudit(SettlementReads books, int site, PaperBook paper) {
    this.books = books;
    this.site = site;
    this.paper = paper;
  }

  public void verify(VerificationKey key, SignatureVerifier signatures, SplittableRandom random) {
    List<AuditChain.Link> links = books.auditLinks(site, 0, Integer.MAX_VALUE);
    require(links.size() == paper.entries().size(), "I-15",
        () -> paper.entries().size() + " deeds, " + links.size() + " audit entries");
    byte[] before = new byte[32];
    for (int i = 0; i < links.size(); i++) {
      AuditChain.Link link = links.get(i);
      tellsOf(link, paper.entries().get(i), i + 1);
      before = sha256(before, bytes(link));
      require(Arrays.equals(before, link.hash().bytes()), "I-15",
          () -> "audit entry " + link.event().number() + " has another hash than its bytes");
    }
    for (int i = 0; i < TAMPERED && !links.isEmpty(); i++) {
      tamper(links, random, new AuditVerification(key, signatures));
    }
  }

  private static void tellsOf(AuditChain.Link link, PaperBook.Entry deed, long number) {
    AuditEntry entry = link.event().entry();
    require(link.event().number() == number && entry.actor().equals(deed.clerk())
        && entry.action().equals(deed.action()), "I-15",
        () -> "audit entry " + number + " says " + entry + ", the office " + deed);
  }

  private static byte[] bytes(AuditChain.Link link) {
    AuditEntry entry = link.event().entry();
    var out = new ByteArrayOutputStream();
    out.writeBytes("CFA1".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(ByteBuffer.allocate(20).putInt(link.event().site()).putLong(link.event().number())
        .putLong(entry.at().toEpochMilli()).array());
    for (String text : List.of(entry.actor(), entry.action(), entry.object(), entry.before(), entry.after(),
        entry.reason())) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      out.writeBytes(ByteBuffer.allocate(4).putInt(utf8.length).array());
      out.writeBytes(utf8);
    }
    return out.toByteArray();
  }

  private static byte[] sha256(byte[] before, byte[] event) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(before);
      return digest.digest(event);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static void tamper(List<AuditChain.Link> links, SplittableRandom random, AuditVerification check) {
    int victim = random.nextInt(links.size());
    List<String> lines = new ArrayList<>(
        links.stream().map(link -> new AuditLine.Event(link).text()).toList());
    String sound = lines.get(victim);
    int at = random.nextInt(sound.length());
    char other = sound.charAt(at) == '7' ? '3' : '7';
    lines.set(victim, sound.substring(0, at) + other + sound.substring(at + 1));
    require(check.next(AuditLine.HEADER).isEmpty(), "I-15", "an export begins with its header");
    int found = 0;
    while (found < lines.size() && check.next(lines.get(found)).isEmpty()) {
      found++;
    }
    int stopped = found;
    require(stopped == victim, "I-15",
        () -> "character " + at + " of entry " + (victim + 1) + " was changed, the check stops at entry "
            + (stopped + 1));
  }
}
