package dev.counterfoil.terminal.support;

import dev.counterfoil.protocol.crypto.Sha256;
import dev.counterfoil.terminal.status.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A ZIP file for those who help from afar: texts, each redacted and swept of known secrets as it comes in, and a manifest with the
/// SHA-256 of every entry, of what was left out and why. What is not put in by name is not in it.
public final class SupportBundle {

  /// Its last entry.
  public static final String MANIFEST = "manifest.json";

  private final Redactor redactor;
  private final KnownSecrets secrets;
  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private final List<Map<String, Object>> leftOut = new ArrayList<>();

  public SupportBundle(Redactor redactor, KnownSecrets secrets) {
    this.redactor = redactor;
    this.secrets = secrets;
  }

  /// Puts a text in, without what it must not show.
  public void add(String name, String text) {
    entries.put(name, secrets.sweep(redactor.redact(text).getBytes(StandardCharsets.UTF_8)));
  }

  /// Says in the manifest that something is not there.
  public void leaveOut(String what, String why) {
    leftOut.add(fields("what", what, "why", text(why)));
  }

  private String text(String words) {
    return new String(secrets.sweep(redactor.redact(words).getBytes(StandardCharsets.UTF_8)),
        StandardCharsets.UTF_8);
  }

  /// All entries with the manifest, as they are packed.
  ///
  /// @param facts of the manifest's head
  public Map<String, byte[]> entries(Map<String, Object> facts) {
    var manifest = new LinkedHashMap<>(facts);
    manifest.put("entries", entries.entrySet().stream().map(entry -> fields("name", entry.getKey(), "bytes",
        entry.getValue().length, "sha256", HexFormat.of().formatHex(Sha256.digest(entry.getValue()))))
        .toList());
    manifest.put("redacted", Redactor.describe());
    manifest.put("leftOut", leftOut);
    var all = new LinkedHashMap<>(entries);
    all.put(MANIFEST, (JsonText.of(manifest) + "\n").getBytes(StandardCharsets.UTF_8));
    return all;
  }

  /// Packs everything into a new file of mode 0600.
  ///
  /// @throws IOException if it cannot be written, or there is a file already; nothing of it is left then
  public void write(Path file, Map<String, Object> facts) throws IOException {
    try (var channel = FileChannel.open(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      try {
        pack(Channels.newOutputStream(channel), facts);
        channel.force(true);
      } catch (IOException e) {
        Files.deleteIfExists(file);
        throw e;
      }
    }
  }

  private void pack(OutputStream out, Map<String, Object> facts) throws IOException {
    var zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    for (var entry : entries(facts).entrySet()) {
      zip.putNextEntry(new ZipEntry(entry.getKey()));
      zip.write(entry.getValue());
      zip.closeEntry();
    }
    zip.finish();
  }

  private static Map<String, Object> fields(Object... namesAndValues) {
    var fields = new LinkedHashMap<String, Object>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return fields;
  }
}
