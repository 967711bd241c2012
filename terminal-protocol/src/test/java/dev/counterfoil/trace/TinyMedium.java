package dev.counterfoil.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/// A file system of its own (tmpfs) that a test can fill and make read-only, as a worn or full card is.
///
/// Mounting needs root: without, the test is skipped with that reason. With CI set it fails instead, because there the
/// tests run as root.
public final class TinyMedium implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(TinyMedium.class.getName());
  private static final int BLOCK = 4096;
  private static final long PATIENCE_SECONDS = 20;

  private final Path folder;

  private TinyMedium(Path folder) {
    this.folder = folder;
  }

  /// @param folder created, then mounted over
  /// @param size   as `mount` takes it, such as `2m`
  public static TinyMedium mounted(Path folder, String size) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString());
    if (System.getenv("CI") == null) {
      assumeTrue(mounted, "SKIPPED: mounting a small file system needs root");
    }
    assertThat(mounted).as("mounted at %s", folder).isTrue();
    return new TinyMedium(folder);
  }

  public Path folder() {
    return folder;
  }

  /// Leaves not one byte free.
  public void fill() throws IOException {
    try (var ballast = FileChannel.open(ballast(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (Files.getFileStore(folder).getUsableSpace() > 0) {
        ballast.write(ByteBuffer.allocate(BLOCK));
      }
    }
  }

  public void makeRoom() throws IOException {
    Files.delete(ballast());
  }

  public void makeReadOnly() throws IOException, InterruptedException {
    assertThat(run("mount", "-o", "remount,ro", folder.toString())).isTrue();
  }

  private Path ballast() {
    return folder.resolve("ballast");
  }

  @Override
  public void close() throws IOException, InterruptedException {
    // Lazily: a program under test that has not quite ended must not hide why the test failed.
    run("umount", "-l", folder.toString());
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
      return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      LOG.log(System.Logger.Level.INFO, command[0] + " cannot be run", e);
      return false;
    }
  }
}
