// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.masking.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.Driver;

/**
 * ShardingSphere-JDBC with the same masks, from the jars of a folder and in a class loader of its
 * own: it brings other versions of what the proxy uses. It finds its parts by the class loader of
 * the thread, which is its own from start to end.
 */
final class ShardingSphereJdbc implements AutoCloseable {

  static final String NAME = "ShardingSphere-JDBC";

  private static final String FACTORY =
      "org.apache.shardingsphere.driver.api.yaml.YamlShardingSphereDataSourceFactory";

  private static final String CONFIGURATION =
      """
      mode:
        type: Standalone
      databaseName: bench
      dataSources:
        ds:
          dataSourceClassName: com.zaxxer.hikari.HikariDataSource
          driverClassName: org.postgresql.Driver
          jdbcUrl: jdbc:postgresql://127.0.0.1:PORT/bench?sslmode=disable
          username: app
          password: app
          maximumPoolSize: 2
      rules:
      - !MASK
        tables:
          person:
            columns:
              name: {maskAlgorithm: name}
              phone: {maskAlgorithm: phone}
              id_card: {maskAlgorithm: id_card}
              address: {maskAlgorithm: address}
        maskAlgorithms:
          name: {type: KEEP_FIRST_N_LAST_M, props: {first-n: 1, last-m: 1, replace-char: '*'}}
          phone: {type: KEEP_FIRST_N_LAST_M, props: {first-n: 3, last-m: 4, replace-char: '*'}}
          id_card: {type: MASK_FROM_X_TO_Y, props: {from-x: 6, to-y: 16, replace-char: '*'}}
          address: {type: KEEP_FIRST_N_LAST_M, props: {first-n: 6, last-m: 1, replace-char: '*'}}
      - !SINGLE
        tables: ["*.*.*"]
      """;

  private final ClassLoader before;
  private final URLClassLoader loader;
  private final DataSource source;

  private ShardingSphereJdbc(ClassLoader before, URLClassLoader loader, DataSource source) {
    this.before = before;
    this.loader = loader;
    this.source = source;
  }

  /** Starts; empty where {@code -Dshardingsphere=FOLDER} names no jars. */
  static Optional<ShardingSphereJdbc> start(int backend)
      throws IOException, ReflectiveOperationException {
    String folder = System.getProperty("shardingsphere");
    if (folder == null) {
      return Optional.empty();
    }
    List<URL> jars = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(folder))) {
      for (Path jar : files.filter(file -> file.toString().endsWith(".jar")).toList()) {
        jars.add(jar.toUri().toURL());
      }
    }
    jars.add(Driver.class.getProtectionDomain().getCodeSource().getLocation());
    URLClassLoader loader =
        new URLClassLoader(jars.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(loader);
    byte[] configuration = CONFIGURATION.replace("PORT", Integer.toString(backend)).getBytes(UTF_8);
    Object source =
        loader
            .loadClass(FACTORY)
            .getMethod("createDataSource", byte[].class)
            .invoke(null, configuration);
    return Optional.of(new ShardingSphereJdbc(before, loader, (DataSource) source));
  }

  Connection connect() throws SQLException {
    return source.getConnection();
  }

  @Override
  public void close() throws Exception {
    ((AutoCloseable) source).close();
    Thread.currentThread().setContextClassLoader(before);
    loader.close();
  }
}
