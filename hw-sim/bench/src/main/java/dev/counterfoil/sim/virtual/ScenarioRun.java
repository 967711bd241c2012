package dev.counterfoil.sim.virtual;

import dev.counterfoil.sim.virtual.ScenarioFile.Expected;
import dev.counterfoil.sim.virtual.device.Sight;
import dev.counterfoil.terminal.layout.Font;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Runs a scenario in virtual time, as fast as it goes. One thread; takes a fraction of a second for a minute of a shop.
public final class ScenarioRun {

  /// Name of the format, and the seed.
  private static final int HEAD_LINES = 2;
  private static final Pattern RECEIPT_CODE = Pattern
      .compile("([0-9A-Z]{8}-[0-9A-Z]+)-[0-9A-Z]{8}-[0-9A-Z]\\b");

  private ScenarioRun() {}

  /// What came of it.
  ///
  /// @param lines       the scenario as it came about, with everything that was seen
  /// @param differences from what the file says was seen, a line for people each; empty if there are none
  /// @param approved    sales that a glass called approved
  /// @param settled     sales that the server has settled
  public record Outcome(List<String> lines, List<String> differences, int approved, long settled) {

    public Outcome {
      lines = List.copyOf(lines);
      differences = List.copyOf(differences);
    }
  }

  /// @param lines of the file
  /// @param font  for displays of pixels
  /// @throws ScenarioException if the file cannot be read, or a step of it cannot be done
  /// @throws dev.counterfoil.sim.world.InvariantViolation if something happened that must never happen
  public static Outcome of(List<String> lines, Font font) throws ScenarioException {
    var file = ScenarioFile.read(lines);
    var recording = new Recording(file.seed(), _ -> {
      // Nobody looks on.
    });
    var witness = new Witness(recording);
    var shop = new VirtualShop(file.seed(), font, witness);
    witness.shop = shop;
    for (var step : file.steps()) {
      shop.passUntil(step.atMillis());
      recording.did(step.atMillis(), step.text());
      try {
        shop.perform(step.deed());
      } catch (ScenarioException wrong) {
        throw wrong.at(step.line());
      }
    }
    shop.passUntil(file.endMillis());
    recording.did(file.endMillis(), "end");
    return new Outcome(commented(lines, recording.lines()), differences(file.expected(), recording.lines()),
        shop.shownApproved(), shop.settled());
  }

  /// The comments of the file all stand at its beginning, where they say what it is about.
  private static List<String> commented(List<String> file, List<String> recorded) {
    var lines = new ArrayList<>(recorded.subList(0, HEAD_LINES));
    file.stream().filter(line -> line.startsWith("#")).forEach(lines::add);
    lines.addAll(recorded.subList(HEAD_LINES, recorded.size()));
    return lines;
  }

  private static final class Witness implements VirtualShop.Onlooker {
    private final Recording recording;
    private @Nullable VirtualShop shop;

    Witness(Recording recording) {
      this.recording = recording;
    }

    @Override
    public void sees(String terminal, Sight sight) {
      VirtualShop present = shop;
      if (present != null) {
        recording.saw(present.atMillis(), terminal, sight);
      }
    }

    @Override
    public void officeChanged() {
      // No terminal shows it.
    }

    @Override
    public void refused(String code) {
      // The terminal's answer to the next card shows it.
    }
  }

  private record Topic(String terminal, String kind) {}

  private static List<String> differences(List<Expected> expected, List<String> recorded)
      throws ScenarioException {
    var seen = byTopic(ScenarioFile.read(recorded).expected());
    var differences = new ArrayList<String>();
    byTopic(expected).forEach((topic, wanted) -> compare(wanted, seen.getOrDefault(topic, List.of()))
        .ifPresent(differences::add));
    return differences;
  }

  private static Map<Topic, List<Expected>> byTopic(List<Expected> all) {
    var topics = new LinkedHashMap<Topic, List<Expected>>();
    all.forEach(one -> topics.computeIfAbsent(new Topic(one.terminal(), one.kind()), _ -> new ArrayList<>())
        .add(one));
    return topics;
  }

  /// A receipt code ends in a hash over the whole record: any new word in a record changes it.
  private static String unsigned(String words) {
    return RECEIPT_CODE.matcher(words).replaceAll("$1-");
  }

  private static Optional<String> compare(List<Expected> wanted, List<Expected> seen) {
    for (int i = 0; i < Math.max(wanted.size(), seen.size()); i++) {
      String here = i < wanted.size() ? wanted.get(i).text() : "nothing more";
      String there = i < seen.size() ? seen.get(i).text() : "nothing more";
      if (!unsigned(here).equals(unsigned(there))) {
        Expected at = i < wanted.size() ? wanted.get(i) : wanted.getLast();
        return Optional.of("line %d, terminal %s: expected %s, saw %s".formatted(at.line(),
            at.terminal(), here, there));
      }
    }
    return Optional.empty();
  }
}
