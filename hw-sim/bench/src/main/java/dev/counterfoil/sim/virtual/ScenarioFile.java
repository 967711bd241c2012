package dev.counterfoil.sim.virtual;

import dev.counterfoil.sim.virtual.ScenarioException.Code;
import java.util.ArrayList;
import java.util.List;

/// A scenario as read from a file.
///
/// ```
/// scenario 1
/// seed 7
/// # a comment
/// 0.000 terminal 1 mode=keyed
/// 2.000 1 keys 5#
/// = 2.104 1 glass "AMOUNT         |5_"
/// 30.000 end
/// ```
/// Times are seconds since the shop opened, never falling among what is done. Lines that begin with `=` were seen: with
/// `--expect` they are compared, and only kinds of things that the file names at all.
///
/// @param seed      of everything drawn
/// @param steps     in their order
/// @param expected  in their order
/// @param endMillis when it is over
record ScenarioFile(long seed, List<Step> steps, List<Expected> expected, long endMillis) {

  static final String HEAD = "scenario 1";
  static final String SEED = "seed";

  /// How long a scenario that names no end goes on.
  private static final long LINGERS_MILLIS = 5_000;
  private static final long LONGEST_MILLIS = 30L * 86_400_000;
  private static final String END = "end";

  /// @param line number in the file
  /// @param text without its time
  record Step(int line, long atMillis, String text, Deed deed) {}

  /// @param line number in the file
  /// @param kind first word of what was seen
  /// @param text all of it, the kind too
  record Expected(int line, String terminal, String kind, String text) {}

  ScenarioFile {
    steps = List.copyOf(steps);
    expected = List.copyOf(expected);
  }

  /// @throws ScenarioException at the first line that cannot be read
  static ScenarioFile read(List<String> lines) throws ScenarioException {
    var reading = new Reading();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        try {
          reading.take(i + 1, line);
        } catch (ScenarioException wrong) {
          throw wrong.at(i + 1);
        }
      }
    }
    return reading.done();
  }

  private static final class Reading {
    private final List<Step> steps = new ArrayList<>();
    private final List<Expected> expected = new ArrayList<>();
    private boolean headed;
    private long seed = 1;
    private long atMillis;
    private long endMillis = -1;

    void take(int number, String line) throws ScenarioException {
      if (!headed) {
        require(line.equals(HEAD), "a scenario begins with \"" + HEAD + "\"");
        headed = true;
        return;
      }
      String[] words = line.split("\\s+", 2);
      require(words.length == 2, "\"" + line + "\" has no second word");
      switch (words[0]) {
        case SEED -> seed(words[1]);
        case Recording.SEEN -> seen(number, words[1]);
        default -> done(number, millis(words[0]), words[1]);
      }
    }

    private void seed(String word) throws ScenarioException {
      require(steps.isEmpty() && word.matches("[0-9]{1,18}"),
          "a seed is a number and stands before all steps");
      seed = Long.parseLong(word);
    }

    private void seen(int number, String rest) throws ScenarioException {
      String[] words = rest.split("\\s+", 3);
      require(words.length == 3, "what was seen has a time, a terminal and words");
      millis(words[0]);
      expected.add(new Expected(number, words[1], words[2].split(" ", 2)[0], words[2]));
    }

    private void done(int number, long millis, String text) throws ScenarioException {
      require(endMillis < 0, "nothing is done after the end");
      require(millis >= atMillis, "times never fall");
      atMillis = millis;
      if (text.equals(END)) {
        endMillis = millis;
      } else {
        steps.add(new Step(number, millis, text, DeedWords.read(text)));
      }
    }

    private static long millis(String word) throws ScenarioException {
      require(word.matches("[0-9]{1,8}(\\.[0-9]{1,3})?"),
          "\"" + word + "\" is no time in seconds with at most three decimals");
      String[] parts = word.split("\\.");
      String fraction = parts.length == 1 ? "" : parts[1];
      long millis = Long.parseLong(parts[0]) * 1_000 + Long.parseLong((fraction + "000").substring(0, 3));
      require(millis <= LONGEST_MILLIS, "a scenario lasts 30 days at most");
      return millis;
    }

    private static void require(boolean good, String otherwise) throws ScenarioException {
      if (!good) {
        throw new ScenarioException(Code.SCENARIO_FILE, otherwise);
      }
    }

    ScenarioFile done() throws ScenarioException {
      require(headed, "a scenario begins with \"" + HEAD + "\"");
      return new ScenarioFile(seed, steps, expected, endMillis < 0 ? atMillis + LINGERS_MILLIS : endMillis);
    }
  }
}
