package org.primum.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.primum.data.DataInvalidException;
import org.primum.gate.ConfigInvalidException;
import org.primum.gate.ProvenanceInvalidException;
import org.primum.model.ModelInvalidException;
import org.primum.platform.ExitStatus;
import org.primum.platform.TerminationMessage;
import org.primum.step.UsageException;
import org.primum.store.PermanentFault;
import org.primum.store.TransientStoreException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Turns whatever stopped a command into one sentence and one exit code.
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {

  private final Session session;

  Failures(Session session) {
    this.session = session;
  }

  @Override
  public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
    Exception failure =
        thrown instanceof UncheckedIOException && thrown.getCause() instanceof IOException cause
            ? cause
            : thrown;
    return tell(status(failure), message(failure), failure);
  }

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    String name = failure.getCommandLine().getCommandSpec().qualifiedName();
    String hint = " (see: " + name + " --help)";
    int code = tell(ExitStatus.USAGE, String.valueOf(failure.getMessage()) + hint, failure);
    UnmatchedArgumentException.printSuggestions(
        failure, new PrintWriter(session.err(), true, StandardCharsets.UTF_8));
    return code;
  }

  /// Says what stopped a command before it began.
  int tell(Exception failure) {
    return tell(status(failure), message(failure), failure);
  }

  private int tell(ExitStatus status, String message, Exception failure) {
    session.log("primum: " + message);
    if (status == ExitStatus.INTERNAL) {
      session.log(
          "This is a bug in primum. Set PRIMUM_DEBUG=1 for the stack trace, and please report it.");
      if (session.environment().containsKey("PRIMUM_DEBUG")) {
        failure.printStackTrace(session.err());
      }
    }
    new TerminationMessage(session.environment()).write(status.name() + ": " + message);
    return status.code();
  }

  private static ExitStatus status(Exception failure) {
    return switch (failure) {
      case UsageException _, ParameterException _ -> ExitStatus.USAGE;
      case ConfigInvalidException _ -> ExitStatus.CONFIG_INVALID;
      case DataInvalidException _ -> ExitStatus.DATA_INVALID;
      case ModelInvalidException _ -> ExitStatus.MODEL_INVALID;
      case ProvenanceInvalidException _ -> ExitStatus.PROVENANCE_INVALID;
      case TransientStoreException _ -> ExitStatus.TRANSIENT;
      case AccessDeniedException _ -> ExitStatus.USAGE;
      case IOException full when isDiskFull(full) -> ExitStatus.TRANSIENT;
      case PermanentFault _ -> ExitStatus.CONFIG_INVALID;
      default -> ExitStatus.INTERNAL;
    };
  }

  /// Java has no exception for it, only the words of the operating system.
  private static boolean isDiskFull(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    return message.contains("No space left on device") || message.contains("Disk quota exceeded");
  }

  private static String message(Exception failure) {
    String own = String.valueOf(failure.getMessage());
    return switch (failure) {
      case AccessDeniedException denied -> denied.getFile() + ": access denied; check permissions";
      case IOException full when isDiskFull(full) ->
          own + "; nothing was left behind: free space, or give the step a larger volume";
      case FileSystemException file ->
          file.getFile() + ": " + (file.getReason() == null ? own : file.getReason());
      case IOException _ -> own;
      case RuntimeException _ when status(failure) == ExitStatus.INTERNAL ->
          failure.getClass().getSimpleName() + ": " + own;
      default -> own;
    };
  }
}
