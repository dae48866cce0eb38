// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.config;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;
import net.logstash.logback.encoder.LogstashEncoder;
import net.logstash.logback.fieldnames.LogstashFieldNames;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * The platform's own log files: {@code citywall.log} in JSON lines with ECS keys, rolled by day and
 * at 20 MB, at most 14 days and 200 MB. JSON escapes control characters, so that what a user typed
 * cannot forge a line.
 */
final class LogFiles implements AutoCloseable {

  private static final String FILE_SIZE = "20MB";
  private static final String TOTAL_SIZE = "200MB";
  private static final int DAYS = 14;

  private final Logger root;
  private final RollingFileAppender<ILoggingEvent> appender;

  private LogFiles(Logger root, RollingFileAppender<ILoggingEvent> appender) {
    this.root = root;
    this.appender = appender;
  }

  static LogFiles open(Path folder) {
    // Tomcat logs by java.util.logging.
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    LoggerContext context = context();
    RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
    appender.setContext(context);
    appender.setName("files " + folder);
    appender.setFile(folder.resolve("citywall.log").toString());
    appender.setEncoder(encoder(context));
    appender.setRollingPolicy(rolling(context, appender, folder));
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(appender);
    return new LogFiles(root, appender);
  }

  @Override
  public void close() {
    root.detachAppender(appender);
    appender.stop();
  }

  /** SLF4J hands out a stand-in for as long as another thread is the first to log. */
  private static LoggerContext context() {
    while (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext)) {
      Thread.onSpinWait();
    }
    return (LoggerContext) LoggerFactory.getILoggerFactory();
  }

  private static LogstashEncoder encoder(LoggerContext context) {
    LogstashFieldNames names = new LogstashFieldNames();
    names.setTimestamp("@timestamp");
    names.setVersion(null);
    names.setLevel("log.level");
    names.setLevelValue(null);
    names.setLogger("log.logger");
    names.setThread("process.thread.name");
    names.setStackTrace("error.stack_trace");
    LogstashEncoder encoder = new LogstashEncoder();
    encoder.setContext(context);
    encoder.setFieldNames(names);
    encoder.setCustomFields("{\"ecs.version\":\"8.17\",\"service.name\":\"citywall\"}");
    encoder.start();
    return encoder;
  }

  private static SizeAndTimeBasedRollingPolicy<ILoggingEvent> rolling(
      LoggerContext context, RollingFileAppender<ILoggingEvent> appender, Path folder) {
    SizeAndTimeBasedRollingPolicy<ILoggingEvent> policy = new SizeAndTimeBasedRollingPolicy<>();
    policy.setContext(context);
    policy.setParent(appender);
    policy.setFileNamePattern(folder.resolve("citywall.%d{yyyy-MM-dd}.%i.log.gz").toString());
    policy.setMaxFileSize(FileSize.valueOf(FILE_SIZE));
    policy.setMaxHistory(DAYS);
    policy.setTotalSizeCap(FileSize.valueOf(TOTAL_SIZE));
    policy.start();
    return policy;
  }
}
