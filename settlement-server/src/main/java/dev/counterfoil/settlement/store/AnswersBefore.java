package dev.counterfoil.settlement.store;

/// Answers older than this go: whoever repeats a request after that does it anew.
public record AnswersBefore(int site, long atMs) {}
