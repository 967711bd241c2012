package dev.counterfoil.settlement.audit;

import dev.counterfoil.protocol.crypto.SignatureAlgorithm;
import dev.counterfoil.protocol.id.Hash;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// One line of an exported audit trail: fields with a tab between, as docs/AUDIT.md tells. What is read must be written in
/// the very same way, so that no two lines mean the same.
public sealed interface AuditLine {

  /// First line of every export.
  String HEADER = "counterfoil-audit/1";

  /// `E`, site, number, time, actor, action, object, before, after, reason, hash.
  record Event(AuditChain.Link link) implements AuditLine {

    @Override
    public String text() {
      AuditEvent event = link.event();
      AuditEntry entry = event.entry();
      return String.join("\t", "E", Integer.toString(event.site()), Long.toString(event.number()),
          entry.at().toString(), escaped(entry.actor()), escaped(entry.action()), escaped(entry.object()),
          escaped(entry.before()), escaped(entry.after()), escaped(entry.reason()), link.hash().toString());
    }
  }

  /// `R`, site, day, number of the last event, its hash, signature.
  record Root(AuditRoot.Signed signed) implements AuditLine {

    @Override
    public String text() {
      AuditChain last = signed.root().last();
      return String.join("\t", "R", Integer.toString(last.site()), signed.root().day().toString(),
          Long.toString(last.number()), last.head().toString(),
          HexFormat.of().formatHex(signed.signature()));
    }
  }

  /// The line without its end.
  String text();

  /// @return empty unless the line is exactly what {@link #text} would write
  static Optional<AuditLine> parse(String line) {
    try {
      AuditLine read = read(List.of(line.split("\t", -1)));
      return read.text().equals(line) ? Optional.of(read) : Optional.empty();
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException _) {
      return Optional.empty();
    }
  }

  private static AuditLine read(List<String> fields) {
    return switch (fields.getFirst() + fields.size()) {
      case "E11" -> event(fields);
      case "R6" -> root(fields);
      default -> throw new IllegalArgumentException("neither event nor root");
    };
  }

  private static AuditLine event(List<String> fields) {
    List<String> texts = fields.subList(4, 10).stream().map(AuditLine::clear).toList();
    var entry = new AuditEntry(Instant.parse(fields.get(3)), texts.get(0), texts.get(1), texts.get(2),
        texts.get(3), texts.get(4), texts.get(5));
    var event = new AuditEvent(Integer.parseInt(fields.get(1)), Long.parseLong(fields.get(2)), entry);
    return new Event(new AuditChain.Link(event, Hash.parse(fields.get(10))));
  }

  private static AuditLine root(List<String> fields) {
    var last = new AuditChain(Integer.parseInt(fields.get(1)), Long.parseLong(fields.get(3)),
        Hash.parse(fields.get(4)));
    byte[] signature = HexFormat.of().parseHex(fields.get(5));
    if (signature.length != SignatureAlgorithm.SIGNATURE_LENGTH) {
      throw new IllegalArgumentException("signature of " + signature.length + " bytes");
    }
    return new Root(new AuditRoot.Signed(new AuditRoot(LocalDate.parse(fields.get(2)), last), signature));
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
  }

  private static String clear(String field) {
    var text = new StringBuilder(field.length());
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      text.append(c == '\\' && i + 1 < field.length() ? meant(field.charAt(++i)) : c);
    }
    return text.toString();
  }

  private static char meant(char escaped) {
    return switch (escaped) {
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case '\\' -> '\\';
      default -> throw new IllegalArgumentException("unknown escape");
    };
  }
}
