package dev.counterfoil.terminal.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// A medium that remembers every step, and then shows all that a power cut after any of them may leave: of content that was
/// not forced nothing, half or all; of names that were not forced the first few changes.
///
/// The steps are done for real as well, in the folder that the tested code sees.
public final class PowerCuts implements Medium {

  private final DiskMedium disk = new DiskMedium();
  private final List<Step> steps = new ArrayList<>();
  private final Map<String, byte[]> before = new LinkedHashMap<>();

  /// A step as the medium is told it.
  private sealed interface Step {
    record Create(String name) implements Step {}

    record Append(String name, byte[] bytes) implements Step {}

    record Force(String name) implements Step {}

    record Move(String from, String to) implements Step {}

    record Delete(String name) implements Step {}

    record ForceFolder() implements Step {}
  }

  /// Looks at what was left.
  @FunctionalInterface
  public interface Look {

    /// @param done steps that were done before the power ended
    void at(Path folder, int done, String what) throws Exception;
  }

  /// @param folder what is in it now is durable
  public PowerCuts(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        before.put(name(file), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int steps() {
    return steps.size();
  }

  /// Shows each state that a power cut may leave, in a folder of its own.
  public void show(Path room, Look look) throws Exception {
    int number = 0;
    for (int done = 0; done <= steps.size(); done++) {
      var state = new State(before);
      steps.subList(0, done).forEach(state::take);
      for (int names = 0; names <= state.pending.size(); names++) {
        for (int halves = 0; halves <= 2; halves++) {
          Path folder = Files.createDirectories(room.resolve("cut-" + number++));
          state.leave(folder, names, halves);
          look.at(folder, done, "after " + steps.subList(0, done) + " with " + names + " names and " + halves
              + " halves of what was not forced");
        }
      }
    }
  }

  @Override
  public void create(Path file) throws IOException {
    disk.create(file);
    steps.add(new Step.Create(name(file)));
  }

  @Override
  public void append(Path file, byte[] bytes) throws IOException {
    disk.append(file, bytes);
    steps.add(new Step.Append(name(file), bytes.clone()));
  }

  @Override
  public void force(Path file) {
    steps.add(new Step.Force(name(file)));
  }

  @Override
  public void move(Path from, Path to) throws IOException {
    disk.move(from, to);
    steps.add(new Step.Move(name(from), name(to)));
  }

  @Override
  public boolean delete(Path file) throws IOException {
    boolean was = disk.delete(file);
    if (was) {
      steps.add(new Step.Delete(name(file)));
    }
    return was;
  }

  @Override
  public void forceFolder(Path folder) {
    steps.add(new Step.ForceFolder());
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  /// A file, whatever its name.
  private static final class Content {
    private byte[] forced = new byte[0];
    private byte[] written = new byte[0];

    byte[] left(int halves) {
      int more = written.length - forced.length;
      return Arrays.copyOf(written, forced.length + more * halves / 2);
    }
  }

  /// What is on the medium, and what only seems to be.
  private static final class State {
    private final Map<String, Content> durable = new LinkedHashMap<>();
    private final Map<String, Content> seen = new LinkedHashMap<>();
    private final List<Map<String, Content>> pending = new ArrayList<>();

    State(Map<String, byte[]> before) {
      before.forEach((name, bytes) -> {
        var content = new Content();
        content.forced = bytes;
        content.written = bytes;
        durable.put(name, content);
      });
      seen.putAll(durable);
    }

    void take(Step step) {
      switch (step) {
        case Step.Create(var name) -> seen.put(name, new Content());
        case Step.Append(var name, var bytes) -> {
          Content content = named(name);
          int old = content.written.length;
          content.written = Arrays.copyOf(content.written, old + bytes.length);
          System.arraycopy(bytes, 0, content.written, old, bytes.length);
        }
        case Step.Force(var name) -> named(name).forced = named(name).written;
        case Step.Move(var from, var to) -> seen.put(to, seen.remove(from));
        case Step.Delete(var name) -> seen.remove(name);
        case Step.ForceFolder() -> {
          durable.clear();
          durable.putAll(seen);
          pending.clear();
        }
      }
      if (step instanceof Step.Create || step instanceof Step.Move || step instanceof Step.Delete) {
        pending.add(new LinkedHashMap<>(seen));
      }
    }

    private Content named(String name) {
      return Objects.requireNonNull(seen.get(name), name);
    }

    void leave(Path folder, int names, int halves) throws IOException {
      Map<String, Content> left = names == 0 ? durable : pending.get(names - 1);
      for (var entry : left.entrySet()) {
        Files.write(folder.resolve(entry.getKey()), entry.getValue().left(halves));
      }
    }
  }
}
