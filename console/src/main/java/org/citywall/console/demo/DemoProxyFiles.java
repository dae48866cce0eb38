// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.citywall.audit.PlatformException;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.masking.catalogue.CatalogueColumn;
import org.citywall.masking.catalogue.DataSet;

/**
 * The files of a masking proxy before the demo database: the city's catalogue, and three people of
 * different clearance. Made at the first start; edit them while the proxy runs.
 */
public final class DemoProxyFiles {

  /** Whoever may log in, from the least cleared to the most. */
  public static final List<String> USERS = List.of("analyst", "clerk", "steward");

  private static final int FIRST_CLEARANCE = 2;
  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final int PASSWORD_LENGTH = 16;
  private static final Set<String> SCHEMAS =
      Set.of("population", "legal_entity", "social_security", "housing");
  private static final String DEFAULTS =
      """
      # Of a made-up city; an edit is taken over within seconds.
      scheme: zhejiang-4
      defaults:
        personal.name: {mask: {type: KEEP_FIRST_N_LAST_M, first-n: 1, last-m: 0, replace-char: "*"}}
        personal.id-card: {mask: {type: MASK_FROM_X_TO_Y, from-x: 6, to-y: 16, replace-char: "*"}}
        personal.mobile: {mask: {type: KEEP_FIRST_N_LAST_M, first-n: 3, last-m: 4, replace-char: "*"}}
        personal.address: {mask: {type: KEEP_FIRST_N_LAST_M, first-n: 6, last-m: 0, replace-char: "*"}}
        personal.bank-card: {mask: {type: KEEP_FIRST_N_LAST_M, first-n: 6, last-m: 4, replace-char: "*"}}
        personal.birth-date: {mask: {type: YEAR_ONLY}}
        personal.income: {mask: {type: GENERALISE, step: 1000}}
        personal.property: {mask: {type: "NULL"}}
      tables:
      """;

  private final Path folder;

  private DemoProxyFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes what is missing; {@code CON-0040} where that fails.
   *
   * @param passwords source of the passwords: a {@code SecureRandom}
   */
  public static DemoProxyFiles write(
      Path dataDir, DemoCity city, DemoDatabase database, int port, RandomGenerator passwords) {
    DemoProxyFiles files = new DemoProxyFiles(dataDir.toAbsolutePath().resolve("demo/proxy"));
    try {
      Files.createDirectories(files.folder);
      for (String user : USERS) {
        files.secret(user + ".password", password(passwords));
      }
      files.replaceSecret("database.password", database.password(DatabaseLogin.CITYWALL).reveal());
      if (!Files.exists(files.folder.resolve("catalogue.yaml"))) {
        Files.writeString(
            files.folder.resolve("catalogue.yaml"),
            catalogue(
                city.dataSets().stream().filter(set -> SCHEMAS.contains(set.schema())).toList()));
      }
      Files.writeString(files.config(), proxy(database, port));
      return files;
    } catch (IOException e) {
      throw new PlatformException(
          ConsoleErrorCode.DEMO_DATABASE_FAILED, "the proxy's files could not be written", e);
    }
  }

  /** The proxy's own file. */
  public Path config() {
    return folder.resolve("proxy.yaml");
  }

  /** Where the passwords are. */
  public Path folder() {
    return folder;
  }

  private static String password(RandomGenerator random) {
    StringBuilder password = new StringBuilder();
    for (int i = 0; i < PASSWORD_LENGTH; i++) {
      password.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return password.toString();
  }

  private void secret(String name, String secret) throws IOException {
    if (!Files.exists(folder.resolve(name))) {
      replaceSecret(name, secret);
    }
  }

  private void replaceSecret(String name, String secret) throws IOException {
    Path file = folder.resolve(name);
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(file, secret.getBytes(UTF_8), StandardOpenOption.WRITE);
  }

  /** The {@code catalogue.yaml} of a masking proxy before those of these that have columns. */
  public static String catalogue(List<DataSet> dataSets) {
    StringBuilder yaml = new StringBuilder(DEFAULTS);
    for (DataSet dataSet : dataSets) {
      if (!dataSet.columns().isEmpty()) {
        yaml.append("  - name: ").append(dataSet.qualifiedTable()).append('\n');
        yaml.append("    owner: ").append(dataSet.owner()).append('\n');
        if (dataSet.subjectColumn() != null) {
          yaml.append("    subject: ").append(dataSet.subjectColumn()).append('\n');
        }
        yaml.append("    columns:\n");
        dataSet.columns().forEach(column -> yaml.append(column(column)));
      }
    }
    return yaml.toString();
  }

  private static String column(CatalogueColumn column) {
    String category = column.category() == null ? "" : ", category: " + column.category();
    return "      " + column.name() + ": {level: " + column.level().number() + category + "}\n";
  }

  private static String proxy(DemoDatabase database, int port) {
    StringBuilder yaml =
        new StringBuilder("# Made by \"citywall demo\" at each start.\n")
            .append("listen: 127.0.0.1:")
            .append(port)
            .append("\nbackend:\n  dialect: postgresql\n  host: ")
            .append(DemoDatabase.HOST)
            .append("\n  port: ")
            .append(database.port())
            .append("\n  database: ")
            .append(DemoDatabase.DATABASE)
            .append("\n  user: ")
            .append(DatabaseLogin.CITYWALL.user())
            .append("\n  password: \"${file:database.password}\"\n")
            .append("mode: enforce\nunknown-table: deny\nusers:\n");
    int clearance = FIRST_CLEARANCE;
    for (String user : USERS) {
      yaml.append("  - name: ").append(user);
      yaml.append("\n    password: \"${file:").append(user).append(".password}\"");
      yaml.append("\n    clearance: ").append(clearance++);
      yaml.append("\n    person-type: staff\n    purposes: [statistics]\n");
    }
    return yaml.append("catalogue: catalogue.yaml\n")
        .append("subject-key: \"${file:../../keys/subject-key}\"\n")
        .toString();
  }
}
