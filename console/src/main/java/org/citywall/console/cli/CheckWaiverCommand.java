// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.citywall.audit.PlatformException;
import org.citywall.audit.log.NoteSigner;
import org.citywall.audit.log.SignedNote;
import org.citywall.audit.log.VerifierKey;
import org.citywall.audit.secrets.FileKeyVault;
import org.citywall.compliance.waiver.Waiver;
import org.citywall.compliance.waiver.Waivers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes keys of persons, and signs waivers with them. */
@Command(
    name = "waiver",
    description = "Sign waivers, and see who signed them and what they waive.",
    mixinStandardHelpOptions = true)
final class CheckWaiverCommand implements Runnable {

  private static final String KEY = "waivers";
  private static final String GAP = "\n\n\u2014 ";

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what: key, sign or show");
  }

  @Command(
      name = "key",
      description =
          "Print the key by which others check a person's signatures; made where there is none.",
      mixinStandardHelpOptions = true)
  int key(
      @Option(
              names = "--data",
              paramLabel = "DIR",
              required = true,
              description = "a folder that only this person can read")
          Path data,
      @Option(names = "--name", paramLabel = "NAME", required = true, description = "the person")
          String name) {
    new InstalledFiles(new DataFolder(data), new SecureRandom()).createFolder();
    spec.commandLine().getOut().println(signer(data, name).verifierKey());
    return ExitCode.DONE;
  }

  @Command(
      name = "sign",
      description = "Put a person's signature under a file of waivers.",
      mixinStandardHelpOptions = true)
  int sign(
      @Option(names = "--data", paramLabel = "DIR", required = true, description = "of the person")
          Path data,
      @Option(names = "--name", paramLabel = "NAME", required = true, description = "the person")
          String name,
      @Parameters(paramLabel = "FILE", description = "YAML, or YAML with signatures") Path file) {
    String text = TextFile.read(file);
    List<SignedNote.Line> signatures = new ArrayList<>();
    if (text.contains(GAP)) {
      SignedNote note = SignedNote.parse(text);
      text = note.text();
      signatures.addAll(note.signatures());
    }
    text = text.endsWith("\n") ? text : text + "\n";
    List<Waiver> waivers = Waivers.unsigned(text);
    signatures.removeIf(line -> line.name().equals(name));
    signatures.addAll(signer(data, name).sign(text).signatures());
    try {
      Files.writeString(file, new SignedNote(text, signatures).toString());
    } catch (IOException e) {
      throw new PlatformException(CliErrorCode.CHECK_RUN_FILE, file + " cannot be written", e);
    }
    waivers.forEach(waiver -> spec.commandLine().getOut().println(line(waiver)));
    return ExitCode.DONE;
  }

  @Command(
      name = "show",
      description = "Print the waivers of a file that two persons signed.",
      mixinStandardHelpOptions = true)
  int show(
      @Option(
              names = "--signers",
              paramLabel = "FILE",
              required = true,
              description = "a key of a person on each line")
          Path signers,
      @Parameters(paramLabel = "FILE", description = "the waivers") Path file) {
    Waivers waivers = read(file, signers);
    List<Waiver> ended = waivers.endedBy(Clock.systemUTC().instant());
    for (Waiver waiver : waivers.toList()) {
      spec.commandLine()
          .getOut()
          .println((ended.contains(waiver) ? "ended  " : "counts  ") + line(waiver));
    }
    return ExitCode.DONE;
  }

  /** The waivers of a file, if two of the persons in another one signed it. */
  static Waivers read(Path file, Path signers) {
    List<VerifierKey> persons =
        TextFile.read(signers)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .map(VerifierKey::parse)
            .toList();
    return Waivers.of(TextFile.read(file), persons);
  }

  private static String line(Waiver waiver) {
    return "until "
        + waiver.until()
        + "  "
        + waiver.target()
        + "  "
        + waiver.check()
        + "  "
        + waiver.reason();
  }

  private static NoteSigner signer(Path data, String name) {
    FileKeyVault vault =
        FileKeyVault.open(data, System.getenv(), Clock.systemUTC(), new SecureRandom());
    return new NoteSigner(name, vault.signingKey(KEY));
  }
}
