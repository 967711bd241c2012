package dev.counterfoil.terminal.secret;

import dev.counterfoil.terminal.secret.KeyFaultException.Code;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// Key files in memory, whose writes a test may cut or refuse.
public final class MemorySecrets implements SecretFiles {

  private final Map<String, byte[]> files;
  private int writes;
  private int cutAt = -1;
  private boolean cutAfter;
  private int takes = Integer.MAX_VALUE;

  /// The power is gone: nothing that follows in the program happens.
  public static final class PowerCut extends Error {
    private static final long serialVersionUID = 1L;
  }

  private MemorySecrets(Map<String, byte[]> files) {
    this.files = files;
  }

  /// A terminal just enrolled.
  public static MemorySecrets of(byte[] recordSeed) {
    var files = new HashMap<String, byte[]>();
    files.put(KeyFolder.RECORD_KEY, recordSeed.clone());
    return new MemorySecrets(files);
  }

  /// What lies there now, as a later run or an older image finds it.
  public MemorySecrets copy() {
    return new MemorySecrets(new HashMap<>(files));
  }

  /// The power goes at this write, counted from 0 and from now on, before or just after it became durable.
  public void cutAt(int write, boolean after) {
    writes = 0;
    cutAt = write;
    cutAfter = after;
  }

  /// From now on the medium takes so many writes and refuses all others.
  public void takesOnly(int writes) {
    takes = writes;
  }

  @Override
  public void keep(String name, byte[] secret) throws KeyFaultException {
    write(() -> files.put(name, secret.clone()));
  }

  @Override
  public byte[] load(String name) throws KeyFaultException {
    byte[] found = files.get(name);
    if (found == null) {
      throw new KeyFaultException(Code.KEY_MISSING, name);
    }
    return Objects.requireNonNull(found).clone();
  }

  @Override
  public boolean has(String name) {
    return files.containsKey(name);
  }

  @Override
  public void drop(String name) throws KeyFaultException {
    write(() -> files.remove(name));
  }

  private void write(Runnable change) throws KeyFaultException {
    if (takes-- <= 0) {
      throw new KeyFaultException(Code.KEY_UNREADABLE, "scripted");
    }
    boolean cut = writes++ == cutAt;
    if (!cut || cutAfter) {
      change.run();
    }
    if (cut) {
      throw new PowerCut();
    }
  }
}
