package dev.counterfoil.settlement.terminals.ca;

import dev.counterfoil.settlement.secret.OwnerFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Optional;

/// The folder `DATA/ca`: one PEM file per key and certificate, readable by the server's user alone (folder 0700, files
/// 0600). A file appears whole or not at all: it is written under another name, synced and renamed.
final class KeyFolder {

  private static final int LINE = 64;

  private final Path folder;

  KeyFolder(Path folder) {
    this.folder = folder;
    try {
      Files.createDirectories(folder);
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Optional<byte[]> read(String name) {
    Path file = folder.resolve(name);
    try {
      return Files.exists(file) ? Optional.of(decode(Files.readString(file, StandardCharsets.US_ASCII)))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("file=" + file + " is no PEM file", e);
    }
  }

  void write(String name, String type, byte[] der) {
    try {
      OwnerFile.write(folder.resolve(name), encode(type, der));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String encode(String type, byte[] der) {
    return "-----BEGIN " + type + "-----\n"
        + Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END " + type + "-----\n";
  }

  private static byte[] decode(String pem) {
    String body = pem.lines().filter(line -> !line.startsWith("-----")).reduce("", String::concat);
    return Base64.getDecoder().decode(body);
  }
}
