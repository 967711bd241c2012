package dev.counterfoil.terminal.enrolment;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.counterfoil.proto.v1.EpochOffer;
import dev.counterfoil.proto.v1.Signed;
import dev.counterfoil.protocol.crypto.SignatureAlgorithm;
import dev.counterfoil.protocol.crypto.VerificationKey;
import dev.counterfoil.protocol.id.Hash;
import dev.counterfoil.protocol.id.TerminalId;
import dev.counterfoil.protocol.journal.ChainPosition;
import dev.counterfoil.protocol.link.LinkViolation;
import dev.counterfoil.protocol.link.Wire;
import dev.counterfoil.terminal.file.DurableFiles;
import dev.counterfoil.terminal.journal.EpochHeld;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Properties;

/// The file that makes a data folder an enrolled terminal's: `key=value` lines, written last of all at enrolment.
public final class IdentityFile {

  /// Name of the file in the data folder.
  public static final String NAME = "identity";

  private static final HexFormat HEX = HexFormat.of();
  private static final String FORMAT = "1";

  private final Path file;

  /// @param data the terminal's data folder
  public IdentityFile(Path data) {
    this.file = data.resolve(NAME);
  }

  public boolean exists() {
    return Files.exists(file);
  }

  /// Makes it durable; mode 0600.
  public void write(Identity identity) throws IOException {
    var lines = new StringBuilder(
        "# Written at enrolment. Holds no secret; changing it breaks the terminal.\n");
    line(lines, "format", FORMAT);
    line(lines, "terminal", HEX.formatHex(identity.terminal().bytes()));
    line(lines, "name", escaped(identity.name()));
    line(lines, "site", Integer.toString(identity.site()));
    line(lines, "currency", identity.currency());
    line(lines, "server", identity.server().toString());
    line(lines, "certificate", HEX.formatHex(identity.certificate()));
    line(lines, "authority", HEX.formatHex(identity.authority()));
    line(lines, "ack-key", HEX.formatHex(identity.ackKey().encoded()));
    line(lines, "card-key-id", Integer.toString(identity.cardKeyId()));
    line(lines, "origin-seq", Long.toString(identity.origin().seq()));
    line(lines, "origin-hash", HEX.formatHex(identity.origin().hash().bytes()));
    line(lines, "origin-turnover", Long.toString(identity.origin().turnover()));
    line(lines, "epoch-offer", HEX.formatHex(identity.epoch().offer().toByteArray()));
    line(lines, "confirmation-pending", Boolean.toString(identity.confirmationPending()));
    DurableFiles.ON_DISK.replace(file, lines.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void line(StringBuilder lines, String key, String value) {
    lines.append(key).append('=').append(value).append('\n');
  }

  /// A name is somebody's free text.
  private static String escaped(String name) {
    return name.replaceAll("\\p{Cntrl}", " ").replace("\\", "\\\\");
  }

  /// @throws EnrolmentException NOT_ENROLLED if it is missing or cannot be read
  public Identity read() throws EnrolmentException {
    if (!exists()) {
      throw new EnrolmentException(EnrolmentException.NOT_ENROLLED,
          file + " is not there; enrol this terminal first: counterfoil enrol --help");
    }
    try {
      var values = new Properties();
      values.load(new StringReader(Files.readString(file)));
      return identity(values);
    } catch (IOException | IllegalArgumentException | LinkViolation e) {
      throw new EnrolmentException(EnrolmentException.NOT_ENROLLED, file + " cannot be read: " + e, e);
    }
  }

  private static Identity identity(Properties values) throws LinkViolation, InvalidProtocolBufferException {
    if (!FORMAT.equals(values.getProperty("format"))) {
      throw new IllegalArgumentException("unknown format " + values.getProperty("format"));
    }
    var offer = Signed.parseFrom(bytes(values, "epoch-offer"));
    var epoch = new EpochHeld(Wire.epoch(EpochOffer.parseFrom(offer.getPayload()).getEpoch()), offer);
    var origin = new ChainPosition(number(values, "origin-seq"), Hash.of(bytes(values, "origin-hash")),
        number(values, "origin-turnover"));
    return new Identity(TerminalId.of(bytes(values, "terminal")), text(values, "name"),
        Math.toIntExact(number(values, "site")), text(values, "currency"),
        ServerAddress.parse(text(values, "server")), bytes(values, "certificate"), bytes(values, "authority"),
        VerificationKey.of(SignatureAlgorithm.ED25519, bytes(values, "ack-key")),
        Math.toIntExact(number(values, "card-key-id")), origin, epoch,
        Boolean.parseBoolean(values.getProperty("confirmation-pending")));
  }

  private static String text(Properties values, String key) {
    String value = values.getProperty(key);
    if (value == null) {
      throw new IllegalArgumentException("no " + key);
    }
    return value;
  }

  private static byte[] bytes(Properties values, String key) {
    return HEX.parseHex(text(values, key));
  }

  private static long number(Properties values, String key) {
    return Long.parseLong(text(values, key));
  }
}
