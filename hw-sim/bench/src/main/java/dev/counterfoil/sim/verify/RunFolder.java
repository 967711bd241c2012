package dev.counterfoil.sim.verify;

import dev.counterfoil.protocol.crypto.StrictVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Where a run leaves its evidence:
/// ```
/// server/data/counterfoil.db     the server's database
/// terminals/NAME/journal.db      one journal a terminal
/// copies/NAME/journal.db         journals on copied media, if the run made any
/// taps.tsv                       what the simulated customers saw
/// cards.tsv                      label TAB token, for every card that was handed out
/// ```
public record RunFolder(Path root) {

  public static RunFolder of(Path root) {
    return new RunFolder(root.toAbsolutePath().normalize());
  }

  public Path serverData() {
    return root.resolve("server").resolve("data");
  }

  public Path serverDatabase() {
    return serverData().resolve("counterfoil.db");
  }

  public Path terminal(String name) {
    return root.resolve("terminals").resolve(name);
  }

  public Path copy(String name) {
    return root.resolve("copies").resolve(name);
  }

  public Path journal(Path terminal) {
    return terminal.resolve("journal.db");
  }

  public Path taps() {
    return root.resolve("taps.tsv");
  }

  public Path cards() {
    return root.resolve("cards.tsv");
  }

  public Path logs() {
    return root.resolve("logs");
  }

  /// Reads everything and judges it. Changes nothing in the folder.
  ///
  /// @throws IOException if a file or database is missing or damaged
  public Verdict audit() throws IOException {
    var evidence = new RunAudit.Evidence(journals(root.resolve("terminals")),
        journals(root.resolve("copies")),
        Files.exists(taps()) ? TapLog.read(taps()) : List.of(), tokens());
    return new RunAudit(new StrictVerifier(), SqliteBooks.read(serverDatabase())).judge(evidence);
  }

  /// Last record that a terminal's journal says it has; reads a copy, so the terminal may be running.
  public long headSeq(Path terminal) throws IOException {
    return SqliteJournalImage.read(String.valueOf(terminal.getFileName()), journal(terminal)).headSeq();
  }

  private List<JournalImage> journals(Path folder) throws IOException {
    var journals = new ArrayList<JournalImage>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> terminals = Files.list(folder)) {
        for (Path terminal : terminals.filter(Files::isDirectory).sorted().toList()) {
          journals.add(SqliteJournalImage.read(String.valueOf(terminal.getFileName()), journal(terminal)));
        }
      }
    }
    return journals;
  }

  private Map<String, String> tokens() throws IOException {
    var tokens = new HashMap<String, String>();
    if (Files.exists(cards())) {
      for (String line : Files.readAllLines(cards())) {
        String[] fields = line.split("\t", -1);
        if (fields.length != 2) {
          throw new IOException(cards() + ": not a label and a token: '" + line + "'");
        }
        tokens.put(fields[0], fields[1]);
      }
    }
    return tokens;
  }
}
