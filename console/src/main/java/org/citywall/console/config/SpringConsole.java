// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.config;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.citywall.audit.PlatformException;
import org.citywall.audit.secrets.Sensitive;
import org.citywall.audit.secrets.TlsIdentity;
import org.citywall.console.ConsoleErrorCode;
import org.citywall.console.account.Accounts;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ssl.SslBundleRegistrar;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The console as a Spring Boot application. */
final class SpringConsole implements ConsoleApplication {

  private static final String FIRST_ADMINISTRATOR = "admin";
  private static final String TLS = "console";

  /** Of a key store that never leaves the process. */
  private static final String IN_MEMORY = "in memory only";

  private final ConfigurableApplicationContext context;
  private final LogFiles logFiles;
  private final URI address;
  private final Optional<Sensitive<String>> firstPassword;

  private SpringConsole(
      ConfigurableApplicationContext context,
      LogFiles logFiles,
      URI address,
      Optional<Sensitive<String>> firstPassword) {
    this.context = context;
    this.logFiles = logFiles;
    this.address = address;
    this.firstPassword = firstPassword;
  }

  static SpringConsole start(ConsoleRuntime runtime) {
    // Boot would replace the logging that the launcher and LogFiles set up.
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    LogFiles logFiles = LogFiles.open(runtime.dataDir().resolve("logs"));
    try {
      ConfigurableApplicationContext context = application(runtime).run();
      WebServerApplicationContext web = (WebServerApplicationContext) context;
      return new SpringConsole(
          context,
          logFiles,
          runtime.listener().address(Objects.requireNonNull(web.getWebServer()).getPort()),
          context.getBean(Accounts.class).createFirstAdministrator(FIRST_ADMINISTRATOR));
    } catch (RuntimeException e) {
      logFiles.close();
      throw explained(e);
    }
  }

  @Override
  public URI address() {
    return address;
  }

  @Override
  public Optional<Sensitive<String>> firstPassword() {
    return firstPassword;
  }

  @Override
  public <T> T service(Class<T> type) {
    return context.getBean(type);
  }

  @Override
  public void close() {
    context.close();
    logFiles.close();
  }

  private static SpringApplication application(ConsoleRuntime runtime) {
    SpringApplication application = new SpringApplication(ConsoleConfig.class);
    application.setWebApplicationType(WebApplicationType.SERVLET);
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    application.setRegisterShutdownHook(false);
    application.addInitializers(
        context -> {
          context
              .getEnvironment()
              .getPropertySources()
              .addFirst(new MapPropertySource("citywall", properties(runtime)));
          register(context.getBeanFactory(), runtime);
        });
    return application;
  }

  private static void register(ConfigurableListableBeanFactory beans, ConsoleRuntime runtime) {
    beans.registerSingleton("consoleRuntime", runtime);
    beans.registerSingleton("clock", runtime.clock());
    beans.registerSingleton("zoneId", runtime.zone());
    beans.registerSingleton("evidenceLog", runtime.log());
    if (!runtime.services().containsValue(runtime.index())) {
      beans.registerSingleton("eventSearch", runtime.index());
    }
    runtime.services().forEach((type, service) -> beans.registerSingleton(type.getName(), service));
    TlsIdentity tls = runtime.listener().tls();
    if (tls != null) {
      SslBundleRegistrar registrar = bundles -> bundles.registerBundle(TLS, bundle(tls));
      beans.registerSingleton("consoleTls", registrar);
    }
  }

  private static SslBundle bundle(TlsIdentity tls) {
    return SslBundle.of(
        SslStoreBundle.of(tls.keyStore(IN_MEMORY), IN_MEMORY, null),
        SslBundleKey.of(IN_MEMORY),
        SslOptions.of(null, Set.of("TLSv1.3", "TLSv1.2")));
  }

  private static Map<String, Object> properties(ConsoleRuntime runtime) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("server.address", runtime.listener().bind().getHostAddress());
    properties.put("server.port", runtime.listener().port());
    if (runtime.listener().tls() != null) {
      properties.put("server.ssl.bundle", TLS);
    }
    properties.put("server.shutdown", "immediate");
    properties.put("server.servlet.session.timeout", "30m");
    properties.put("server.servlet.session.cookie.name", "CITYWALL");
    properties.put("server.servlet.session.cookie.http-only", true);
    properties.put("server.servlet.session.cookie.same-site", "strict");
    properties.put("server.servlet.session.tracking-modes", "cookie");
    properties.put("server.servlet.session.persistent", false);
    properties.put("server.max-http-request-header-size", "16KB");
    properties.put("server.tomcat.max-http-form-post-size", "256KB");
    // Results of checks; a run on 100 hosts has about 20 MB.
    properties.put("spring.servlet.multipart.max-file-size", "32MB");
    properties.put("spring.servlet.multipart.max-request-size", "33MB");
    properties.put("server.tomcat.connection-timeout", "10s");
    properties.put("spring.threads.virtual.enabled", true);
    properties.put("spring.messages.fallback-to-system-locale", false);
    properties.put("spring.messages.encoding", "UTF-8");
    properties.put("spring.web.resources.cache.cachecontrol.max-age", "1h");
    properties.put("spring.web.resources.cache.cachecontrol.cache-private", true);
    // A page that fails half-way becomes the error page, not half a page.
    properties.put("spring.thymeleaf.servlet.produce-partial-output-while-processing", false);
    properties.put("management.endpoints.access.default", "none");
    return properties;
  }

  private static RuntimeException explained(RuntimeException failure) {
    Throwable cause = failure;
    while (cause != null) {
      if (cause instanceof PlatformException platform) {
        return platform;
      }
      cause = cause.getCause();
    }
    return new PlatformException(
        ConsoleErrorCode.START_FAILED, "the web application failed to start", failure);
  }
}
