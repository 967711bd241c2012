package dev.counterfoil.settlement.admin;

import dev.counterfoil.settlement.imports.ImportKind;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;

/// A file to be taken over.
///
/// @param file   absolute: the server reads it
/// @param source the other system, by the name that this house gives it
/// @param zone   of times that say none
/// @param dryRun checks everything and writes nothing
public record ImportOrder(ImportKind kind, Path file, String source, Charset charset, Optional<ZoneId> zone,
    boolean dryRun) {}
