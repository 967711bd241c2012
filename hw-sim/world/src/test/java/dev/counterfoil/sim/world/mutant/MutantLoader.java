package dev.counterfoil.sim.world.mutant;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.util.List;

/// Loads our own classes again, child first, with mutations applied on the way; libraries and the generated wire
/// messages come from the parent.
final class MutantLoader extends ClassLoader {
  private static final String OURS = "dev.counterfoil.";
  private static final String GENERATED = "dev.counterfoil.proto.";

  private final List<Mutation> mutations;

  MutantLoader(ClassLoader parent, List<Mutation> mutations) {
    super("mutant", parent);
    this.mutations = List.copyOf(mutations);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS) || name.startsWith(GENERATED)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : define(name);
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    byte[] bytes = original(name);
    for (Mutation mutation : mutations) {
      if (mutation.className().equals(name)) {
        ClassFile files = ClassFile.of(ClassFile.ClassHierarchyResolverOption
            .of(java.lang.classfile.ClassHierarchyResolver.ofResourceParsing(getParent())));
        bytes = files.transformClass(files.parse(bytes), mutation.transform());
      }
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  private byte[] original(String name) throws ClassNotFoundException {
    try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read class " + name, e);
    }
  }
}
