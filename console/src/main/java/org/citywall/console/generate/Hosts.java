// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.console.generate;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.citywall.audit.event.Field;
import org.citywall.console.demo.Person;
import org.citywall.console.demo.PersonType;

/**
 * What operating systems, web servers and name servers report of an ordinary hour: administrators'
 * sudo, jobs, desks that start programs, scripts of the software distribution, pages and the probes
 * that every public address gets. Nothing of it is an attack on this city; what rules say of it is
 * load. Drawn apart from everything else, so that it moves nothing.
 */
final class Hosts {

  /** Events of hosts for each event that was asked for. */
  private static final double SHARE = 0.06;

  private static final String SYSMON = "Microsoft-Windows-Sysmon/Operational";
  private static final String SYSTEM_32 = "C:\\Windows\\System32\\";
  private static final String OFFICE = "C:\\Program Files\\Microsoft Office\\root\\Office16\\";

  /** Programs of desks: executable, command line after it, parent. */
  private record Program(String image, String arguments, String parent) {}

  private static final List<Program> PROGRAMS =
      List.of(
          new Program(
              OFFICE + "WINWORD.EXE", " /n \"D:\\notice.docx\"", "C:\\Windows\\explorer.exe"),
          new Program(OFFICE + "EXCEL.EXE", " \"D:\\report.xlsx\"", "C:\\Windows\\explorer.exe"),
          new Program(
              SYSTEM_32 + "svchost.exe", " -k netsvcs -p -s Schedule", SYSTEM_32 + "services.exe"),
          new Program(
              SYSTEM_32 + "svchost.exe",
              " -k LocalServiceNetworkRestricted",
              SYSTEM_32 + "services.exe"),
          new Program(SYSTEM_32 + "taskhostw.exe", " -RegisterDevice", SYSTEM_32 + "svchost.exe"),
          new Program(SYSTEM_32 + "gpupdate.exe", " /target:computer", SYSTEM_32 + "svchost.exe"),
          new Program(SYSTEM_32 + "conhost.exe", " 0xffffffff -ForceV1", SYSTEM_32 + "cmd.exe"),
          new Program(
              SYSTEM_32 + "net.exe", " use Z: \\\\fs01.city.local\\share", SYSTEM_32 + "cmd.exe"),
          new Program(
              SYSTEM_32 + "msiexec.exe",
              " /i \\\\sd01.city.local\\packages\\reader.msi /qn",
              "C:\\Windows\\CCM\\CcmExec.exe"),
          new Program(
              SYSTEM_32 + "WindowsPowerShell\\v1.0\\powershell.exe",
              " -NoProfile -NonInteractive -File C:\\ProgramData\\inventory\\collect.ps1",
              "C:\\Windows\\CCM\\CcmExec.exe"),
          new Program(SYSTEM_32 + "ipconfig.exe", " /all", SYSTEM_32 + "cmd.exe"),
          new Program(SYSTEM_32 + "whoami.exe", "", SYSTEM_32 + "cmd.exe"),
          new Program(
              "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
              " --profile-directory=Default",
              "C:\\Windows\\explorer.exe"));

  /** The rarer ones, of administrators and of distribution, come after so many of the list. */
  private static final int ORDINARY = 7;

  private static final List<String> SUDO =
      List.of(
          "/usr/bin/systemctl status nginx",
          "/usr/bin/systemctl restart yunlan-desk",
          "/usr/bin/journalctl -u yunlan-desk --since today",
          "/usr/bin/dnf -y update",
          "/usr/bin/tail -n 200 /var/log/messages",
          "/usr/bin/vi /etc/nginx/nginx.conf",
          "/usr/sbin/ss -lntp");

  private static final List<String> JOBS =
      List.of(
          "(root) CMD (/usr/lib64/sa/sa1 1 1)",
          "(root) CMD (run-parts /etc/cron.hourly)",
          "(root) CMD (/usr/sbin/logrotate /etc/logrotate.conf)",
          "(yunlan) CMD (/opt/yunlan/bin/tidy.sh)");

  private static final List<String> PAGES =
      List.of(
          "/",
          "/portal/index.html",
          "/portal/login",
          "/portal/benefit/status?item=3",
          "/assets/app.js",
          "/assets/app.css",
          "/news/2026/0312.html",
          "/favicon.ico",
          "/portal/booking?district=339902&day=2",
          "/robots.txt");

  private static final List<String> PROBES =
      List.of(
          "/.env",
          "/wp-login.php",
          "/phpmyadmin/index.php",
          "/.git/config",
          "/actuator/health",
          "/cgi-bin/luci",
          "/solr/admin/info/system",
          "/boaform/admin/formLogin");

  private static final List<String> BROWSERS =
      List.of(
          "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/138.0 Safari/537.36",
          "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Mobile",
          "Mozilla/5.0 (Linux; Android 15; HarmonyOS) AppleWebKit/537.36 Mobile Safari/537.36",
          "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)");

  private static final List<String> NAMES =
      List.of(
          "portal.city.local",
          "sso.city.local",
          "fs01.city.local",
          "time.city.local",
          "update.microsoft.com",
          "ctldl.windowsupdate.com",
          "www.gov.cn",
          "cn.bing.com",
          "_ldap._tcp.dc._msdcs.city.local",
          "wpad.city.local");

  private final City city;
  private final List<Person> desks;
  private final double perHour;

  Hosts(City city) {
    this.city = city;
    this.desks = city.persons().stream().filter(p -> p.type() == PersonType.STAFF).toList();
    this.perHour = expected(city) / (city.options().days() * 24.0);
  }

  /** How many events it makes in all, about. */
  static double expected(City city) {
    return city.options().events() * SHARE;
  }

  /**
   * Makes what is reported within the hour.
   *
   * @param number of the hour, from the first on
   */
  void make(Hour hour, int number, Consumer<Draft> out) {
    RandomGenerator random = city.random("hosts", number);
    double expected = perHour * hour.shareOfMachines();
    int count = (int) (expected + random.nextDouble());
    for (int i = 0; i < count; i++) {
      long at = hour.start() + random.nextLong(Script.HOUR);
      int draw = random.nextInt(100);
      out.accept(
          draw < 25
              ? desk(at, hour, random)
              : draw < 45 ? web(at, random) : draw < 60 ? name(at, random) : linux(at, random));
    }
  }

  private Draft desk(long at, Hour hour, RandomGenerator random) {
    Person who = City.pick(desks, random);
    if (random.nextInt(100) < 40) {
      return windows(at, who, "Security", random.nextBoolean() ? 4624 : 4634)
          .label("LogonType", hour.workday() ? "2" : "3")
          .label("TargetUserName", who.account())
          .label("IpAddress", who.address());
    }
    boolean rare = random.nextInt(100) < 6;
    Program program =
        rare
            ? City.pick(PROGRAMS.subList(ORDINARY, PROGRAMS.size()), random)
            : City.pick(PROGRAMS.subList(0, ORDINARY), random);
    return windows(at, who, "Security", 4688)
        .put(Field.EVENT_CATEGORY, List.of("process"))
        .label("NewProcessName", program.image())
        .label("CommandLine", '"' + program.image() + '"' + program.arguments())
        .label("ParentProcessName", program.parent())
        .label("SubjectUserName", who.account());
  }

  private static Draft windows(long at, Person who, String channel, int code) {
    String host = "pc-" + who.id().toLowerCase(Locale.ROOT);
    return new Draft(at, "http/windows-events")
        .put(Field.EVENT_KIND, "event")
        .put(Field.EVENT_MODULE, "windows")
        .put(Field.EVENT_DATASET, "windows.forwarded")
        .put(Field.EVENT_CATEGORY, List.of("host"))
        .put(Field.EVENT_TYPE, List.of("info"))
        .put(Field.EVENT_CODE, Integer.toString(code))
        .put(Field.HOST_NAME, host)
        .put(Field.USER_NAME, who.account())
        .label("Channel", channel)
        .label("EventID", Integer.toString(code))
        .label("Computer", host + ".city.local");
  }

  private Draft name(long at, RandomGenerator random) {
    Person who = City.pick(desks, random);
    return windows(at, who, SYSMON, 22)
        .put(Field.EVENT_CATEGORY, List.of("network"))
        .label("QueryName", City.pick(NAMES, random))
        .label("Image", SYSTEM_32 + "svchost.exe");
  }

  private static Draft web(long at, RandomGenerator random) {
    boolean probe = random.nextInt(1000) < 12;
    String path = City.pick(probe ? PROBES : PAGES, random);
    int question = path.indexOf('?');
    boolean missing = probe || random.nextInt(100) < 2;
    return new Draft(at, "syslog-tls/portal-web-01")
        .put(Field.EVENT_KIND, "event")
        .put(Field.EVENT_MODULE, "nginx")
        .put(Field.EVENT_DATASET, "nginx.access")
        .put(Field.EVENT_CATEGORY, List.of("web"))
        .put(Field.EVENT_TYPE, List.of("access"))
        .put(Field.EVENT_OUTCOME, missing ? "failure" : "success")
        .put(Field.HOST_NAME, "portal-web-01")
        .put(Field.HTTP_REQUEST_METHOD, "GET")
        .put(Field.HTTP_RESPONSE_STATUS_CODE, missing ? 404 : 200)
        .put(Field.URL_ORIGINAL, path)
        .put(Field.URL_PATH, question < 0 ? path : path.substring(0, question))
        .put(Field.USER_AGENT_ORIGINAL, City.pick(BROWSERS, random))
        .put(Field.SOURCE_IP, "198.18." + random.nextInt(250) + "." + (1 + random.nextInt(250)));
  }

  private Draft linux(long at, RandomGenerator random) {
    String host = Machines.hostOf(City.pick(city.units(), random).code());
    boolean sudo = random.nextInt(100) < 30;
    Draft draft =
        new Draft(at, "syslog-tls/" + host)
            .put(Field.EVENT_DATASET, sudo ? "system.auth" : "system.cron")
            .put(Field.EVENT_KIND, "event")
            .put(Field.EVENT_CATEGORY, List.of("process"))
            .put(Field.EVENT_TYPE, List.of("start"))
            .put(Field.EVENT_OUTCOME, "success")
            .put(Field.HOST_NAME, host)
            .put(Field.PROCESS_NAME, sudo ? "sudo" : "CRON")
            .put(Field.LOG_SYSLOG_APPNAME, sudo ? "sudo" : "CRON");
    if (!sudo) {
      return draft.put(Field.USER_NAME, "root").put(Field.MESSAGE, City.pick(JOBS, random));
    }
    String message =
        "ops : TTY=pts/0 ; PWD=/home/ops ; USER=root ; COMMAND=" + City.pick(SUDO, random);
    return draft.put(Field.USER_NAME, "ops").put(Field.MESSAGE, message);
  }
}
