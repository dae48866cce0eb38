// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.yaml;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.citywall.audit.PlatformException;
import org.citywall.masking.MaskingErrorCode;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** A YAML file with one document. */
public final class YamlFile {

  /** Characters; a catalogue of 17,000 columns has about a million. */
  private static final int MAX_LENGTH = 64 << 20;

  private YamlFile() {}

  /** The text of a file, or {@code MSK-0080}. */
  public static String text(Path file) {
    try {
      if (Files.size(file) > MAX_LENGTH) {
        throw new PlatformException(
            MaskingErrorCode.FILE_UNREADABLE, file + " is longer than " + MAX_LENGTH + " bytes");
      }
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      throw new PlatformException(MaskingErrorCode.FILE_UNREADABLE, file + " is not UTF-8", e);
    } catch (IOException e) {
      throw new PlatformException(MaskingErrorCode.FILE_UNREADABLE, file.toString(), e);
    }
  }

  /**
   * The document of a text, or {@code MSK-0081}.
   *
   * @param name what messages call the file
   */
  public static YamlValue parse(String name, String text) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(name).setCodePointLimit(MAX_LENGTH).build();
    try {
      Optional<Node> root = new Compose(settings).composeString(text);
      return new YamlValue(
          name,
          "",
          root.orElseThrow(
              () ->
                  new PlatformException(
                      MaskingErrorCode.FILE_SYNTAX, name + ":1: the file is empty")));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw syntax(name + ":" + line + ": " + e.getProblem());
    } catch (YamlEngineException e) {
      throw syntax(name + ": no YAML that this program reads");
    }
  }

  /** Without the cause, whose message repeats a piece of the file. */
  private static PlatformException syntax(String detail) {
    return new PlatformException(MaskingErrorCode.FILE_SYNTAX, detail);
  }
}
