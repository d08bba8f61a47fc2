package org.primum.cli;

/// What stdout carries.
public enum OutputFormat {
  TABLE,
  JSON
}
