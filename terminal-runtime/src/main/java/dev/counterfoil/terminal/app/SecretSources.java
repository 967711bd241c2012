package dev.counterfoil.terminal.app;

import dev.counterfoil.terminal.secret.KeyFaultException;
import dev.counterfoil.terminal.secret.KeyFolder;
import dev.counterfoil.terminal.support.KnownSecrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Collects the secrets that this machine knows, so that none of them leaves it in a bundle. What cannot be read is passed over:
/// what this program cannot read it cannot pack either.
final class SecretSources {

  private static final Pattern TELLING = Pattern
      .compile("(?i).*(?:pass|secret|token|pin|key|auth|cred|seed|cookie).*");
  private static final Pattern HEX = Pattern.compile("(?:[0-9A-Fa-f]{2})+");
  private static final Pattern CONFIGURED = Pattern
      .compile(
          "(?im)^\\s*[\\w.-]*(?:pass|secret|token|pin|key|auth|cred|seed)[\\w.-]*\\s*=\\s*[\"']?([^\"'\\n#]+)");
  private static final Pattern SHORT_NUMBER = Pattern.compile("[0-9]{1,5}");

  private SecretSources() {}

  /// @param serial of this board, which its sealed keys are opened with; empty if it is not known
  static KnownSecrets of(Path data, Optional<Path> configFile, Optional<String> serial, List<Path> keyFiles,
      Map<String, String> environment) {
    var secrets = new KnownSecrets();
    serial.ifPresent(secrets::add);
    serial.ifPresent(board -> opened(secrets, data, board));
    files(data.resolve("keys")).forEach(file -> bytes(file).ifPresent(secrets::add));
    keyFiles.forEach(file -> lines(file).forEach(line -> words(secrets, line)));
    configFile.ifPresent(file -> CONFIGURED.matcher(String.join("\n", lines(file))).results()
        .map(found -> found.group(1).strip()).filter(value -> !SHORT_NUMBER.matcher(value).matches())
        .forEach(secrets::add));
    environment.forEach((name, value) -> {
      if (TELLING.matcher(name).matches()) {
        secrets.add(value);
      }
    });
    return secrets;
  }

  private static void opened(KnownSecrets secrets, Path data, String serial) {
    var folder = Terminal.keys(data, serial);
    for (String name : List.of(KeyFolder.RECORD_KEY, KeyFolder.NEXT_KEY, KeyFolder.TLS_KEY,
        KeyFolder.CARD_KEY)) {
      try {
        if (folder.has(name)) {
          secrets.add(folder.load(name));
        }
      } catch (KeyFaultException _) {
        // Sealed for another board, or damaged: then nobody here can show it.
      }
    }
  }

  private static void words(KnownSecrets secrets, String line) {
    for (String word : line.split("\\s+", -1)) {
      secrets.add(word);
      if (HEX.matcher(word).matches()) {
        secrets.add(HexFormat.of().parseHex(word));
      }
    }
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.toList();
    } catch (IOException _) {
      return List.of();
    }
  }

  private static Optional<byte[]> bytes(Path file) {
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static List<String> lines(Path file) {
    return bytes(file).map(found -> new String(found, StandardCharsets.UTF_8).lines().toList())
        .orElse(List.of());
  }
}
