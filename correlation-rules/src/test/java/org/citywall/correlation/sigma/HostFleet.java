// SPDX-FileCopyrightText: The Citywall authors
// SPDX-License-Identifier: Apache-2.0

package org.citywall.correlation.sigma;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Structured events as a fleet of Windows and Linux machines sends them: Sysmon, the Security and
 * PowerShell logs, sshd, sudo, cron and auditd. Programs and command lines are those of ordinary
 * administration, many of which rules look at too; made up from a seed.
 */
final class HostFleet {

  private static final String SYSMON = "Microsoft-Windows-Sysmon/Operational";
  private static final String SYSTEM32 = "C:\\Windows\\System32\\";

  private static final List<String> PROGRAMS =
      List.of(
          SYSTEM32 + "svchost.exe|-k netsvcs -p -s Schedule",
          SYSTEM32 + "svchost.exe|-k LocalServiceNetworkRestricted -p -s EventLog",
          SYSTEM32 + "conhost.exe|0xffffffff -ForceV1",
          SYSTEM32 + "cmd.exe|/c \"D:\\jobs\\nightly.bat\"",
          SYSTEM32 + "cmd.exe|/c dir /s C:\\data > C:\\temp\\list.txt",
          SYSTEM32 + "taskhostw.exe|Logon",
          SYSTEM32
              + "backgroundTaskHost.exe|-ServerName:App.AppXmtcan0h2tfbfy7k9kn8hbxb6dmzz1zh0.mca",
          SYSTEM32 + "dllhost.exe|/Processid:{AB8902B4-09CA-4BB6-B78D-A8F59079A8D5}",
          SYSTEM32 + "rundll32.exe|shell32.dll,Control_RunDLL desk.cpl",
          SYSTEM32 + "schtasks.exe|/query /tn \\Backup\\Daily /v",
          SYSTEM32 + "sc.exe|query wuauserv",
          SYSTEM32 + "net.exe|use \\\\files01\\share /persistent:no",
          SYSTEM32 + "ipconfig.exe|/all",
          SYSTEM32 + "whoami.exe|/groups",
          SYSTEM32
              + "reg.exe|query HKLM\\Software\\Microsoft\\Windows\\CurrentVersion /v ProgramFilesDir",
          SYSTEM32 + "wbem\\WmiPrvSE.exe|-secured -Embedding",
          SYSTEM32 + "msiexec.exe|/V",
          SYSTEM32 + "wevtutil.exe|qe System /c:5 /f:text",
          SYSTEM32
              + "WindowsPowerShell\\v1.0\\powershell.exe|-NoProfile -ExecutionPolicy Bypass -File C:\\scripts\\inventory.ps1",
          SYSTEM32
              + "WindowsPowerShell\\v1.0\\powershell.exe|-Command \"Get-Service | Where-Object Status -eq Running\"",
          "C:\\Windows\\explorer.exe|",
          "C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\csc.exe|/noconfig @C:\\Windows\\Temp\\x.cmdline",
          "C:\\Program Files\\Java\\jdk-21\\bin\\java.exe|-Xmx2g -jar app.jar --server.port=8080",
          "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe|--type=renderer --lang=zh-CN",
          "C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE|/n \"C:\\Users\\u\\Documents\\report.docx\"",
          "C:\\Program Files\\Microsoft Office\\root\\Office16\\EXCEL.EXE|/dde",
          "C:\\Program Files\\7-Zip\\7z.exe|a D:\\backup\\logs.7z D:\\logs\\*.log",
          "C:\\Program Files\\WPS Office\\office6\\wps.exe|/wps /t",
          "C:\\Program Files\\Git\\cmd\\git.exe|fetch --all",
          "C:\\Program Files\\Windows Defender\\MsMpEng.exe|");

  private static final List<String> LINUX =
      List.of(
          "/usr/bin/bash|bash -c /opt/app/run.sh",
          "/usr/bin/python3|python3 /opt/etl/load.py --day 2026-03-10",
          "/usr/bin/curl|curl -s http://127.0.0.1:8080/health",
          "/usr/bin/ps|ps aux",
          "/usr/bin/cat|cat /etc/os-release",
          "/usr/bin/tar|tar czf /backup/etc.tgz /etc/nginx",
          "/usr/bin/systemctl|systemctl status nginx",
          "/usr/sbin/logrotate|/usr/sbin/logrotate /etc/logrotate.conf",
          "/usr/bin/psql|psql -h db01 -c select 1",
          "/usr/bin/find|find /var/lib/app -mtime +30 -name *.tmp",
          "/usr/bin/chmod|chmod 640 /opt/app/app.conf",
          "/usr/bin/crontab|crontab -l",
          "/usr/bin/sed|sed -i s/a/b/ /opt/app/app.conf",
          "/usr/bin/wget|wget -q https://mirror.city.local/packages.gz");

  private static final List<String> SCRIPTS =
      List.of(
          "Get-ChildItem -Path C:\\data -Recurse | Measure-Object -Property Length -Sum",
          "Import-Module ActiveDirectory; Get-ADUser -Filter * -Properties LastLogonDate",
          "Invoke-WebRequest -Uri https://mirror.city.local/agent.msi -OutFile C:\\temp\\agent.msi",
          "$s = New-Object System.Net.Sockets.TcpClient; $s.Connect('db01', 1433); $s.Connected",
          "Get-WmiObject Win32_LogicalDisk | Select-Object DeviceID, FreeSpace",
          "Start-Sleep -Seconds 5; Restart-Service -Name Spooler");

  private final RandomGenerator random;

  HostFleet(RandomGenerator random) {
    this.random = random;
  }

  SigmaEvent next() {
    Map<String, List<String>> event = new LinkedHashMap<>();
    int dice = random.nextInt(100);
    if (dice < 22) {
      processCreated(event);
    } else if (dice < 32) {
      file(event);
    } else if (dice < 42) {
      registry(event);
    } else if (dice < 50) {
      image(event);
    } else if (dice < 56) {
      connection(event);
    } else if (dice < 60) {
      name(event);
    } else if (dice < 75) {
      security(event);
    } else if (dice < 79) {
      script(event);
    } else if (dice < 91) {
      execve(event);
    } else {
      syslog(event);
    }
    return SigmaEvent.of(event);
  }

  private void windows(Map<String, List<String>> event, String channel, int id) {
    put(event, "Channel", channel);
    put(event, "EventID", String.valueOf(id));
    put(event, "Computer", "srv" + random.nextInt(400) + ".city.local");
  }

  private void processCreated(Map<String, List<String>> event) {
    String[] program = pick(PROGRAMS).split("\\|", -1);
    String[] parent = pick(PROGRAMS).split("\\|", -1);
    String name = program[0].substring(program[0].lastIndexOf('\\') + 1);
    if (random.nextInt(4) == 0) {
      windows(event, "Security", 4688);
      put(event, "NewProcessName", program[0]);
      put(event, "ParentProcessName", parent[0]);
      put(event, "SubjectUserName", user());
    } else {
      windows(event, SYSMON, 1);
      put(event, "Image", program[0]);
      put(event, "ParentImage", parent[0]);
      put(event, "ParentCommandLine", '"' + parent[0] + "\" " + parent[1]);
      put(event, "OriginalFileName", name);
      put(event, "Description", name + " of the vendor");
      put(event, "Company", "Microsoft Corporation");
      put(event, "User", "CITY\\" + user());
      put(event, "IntegrityLevel", random.nextInt(3) == 0 ? "High" : "Medium");
      put(event, "CurrentDirectory", "C:\\Windows\\system32\\");
      put(event, "Hashes", "SHA256=" + Long.toHexString(random.nextLong()).repeat(4));
    }
    put(event, "CommandLine", '"' + program[0] + "\" " + program[1]);
  }

  private void file(Map<String, List<String>> event) {
    windows(event, SYSMON, 11);
    put(event, "Image", image());
    put(
        event,
        "TargetFilename",
        "C:\\Users\\"
            + user()
            + pick(List.of("\\AppData\\Local\\Temp\\", "\\Documents\\", "\\Downloads\\"))
            + random.nextInt(9999)
            + pick(List.of(".tmp", ".docx", ".log", ".dll", ".ps1", ".zip")));
  }

  private void registry(Map<String, List<String>> event) {
    windows(event, SYSMON, 13);
    put(event, "EventType", "SetValue");
    put(event, "Image", image());
    put(
        event,
        "TargetObject",
        pick(
                List.of(
                    "HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WINEVT\\Channels\\",
                    "HKU\\S-1-5-21-1\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Explorer\\",
                    "HKLM\\System\\CurrentControlSet\\Services\\Tcpip\\Parameters\\",
                    "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\Schedule\\"))
            + random.nextInt(500));
    put(event, "Details", "DWORD (0x0000000" + random.nextInt(10) + ')');
  }

  private void image(Map<String, List<String>> event) {
    windows(event, SYSMON, 7);
    put(event, "Image", image());
    put(
        event,
        "ImageLoaded",
        SYSTEM32
            + pick(List.of("ntdll.dll", "amsi.dll", "wininet.dll", "taskschd.dll", "dbghelp.dll")));
    put(event, "Signed", "true");
    put(event, "SignatureStatus", "Valid");
  }

  private void connection(Map<String, List<String>> event) {
    windows(event, SYSMON, 3);
    put(event, "Image", image());
    put(event, "User", "CITY\\" + user());
    put(event, "Initiated", "true");
    put(event, "DestinationIp", "10.2." + random.nextInt(256) + '.' + random.nextInt(256));
    put(event, "DestinationPort", pick(List.of("443", "445", "80", "389", "3389", "1433", "5432")));
    put(event, "DestinationHostname", "srv" + random.nextInt(400) + ".city.local");
  }

  private void name(Map<String, List<String>> event) {
    windows(event, SYSMON, 22);
    put(event, "Image", image());
    put(event, "QueryName", pick(List.of("mirror", "files01", "db01", "mail")) + ".city.local");
    put(event, "QueryStatus", "0");
  }

  private void security(Map<String, List<String>> event) {
    windows(event, "Security", pickInt(4624, 4624, 4634, 4672, 4625, 4663, 4768, 4769, 5156));
    put(event, "SubjectUserName", user());
    put(event, "TargetUserName", user());
    put(event, "LogonType", String.valueOf(pickInt(2, 3, 3, 3, 5, 10)));
    put(event, "IpAddress", "10.1." + random.nextInt(256) + '.' + random.nextInt(256));
    put(event, "ProcessName", image());
    put(event, "AuthenticationPackageName", "Kerberos");
  }

  private void script(Map<String, List<String>> event) {
    windows(event, "Microsoft-Windows-PowerShell/Operational", 4104);
    put(event, "ScriptBlockText", pick(SCRIPTS) + "\n# run " + random.nextInt(9999));
    put(event, "Path", "C:\\scripts\\job" + random.nextInt(40) + ".ps1");
  }

  private void execve(Map<String, List<String>> event) {
    String[] program = pick(LINUX).split("\\|", -1);
    if (random.nextBoolean()) {
      put(event, "event.module", "auditd");
      put(event, "type", "EXECVE");
      String[] words = program[1].split(" ");
      for (int i = 0; i < words.length; i++) {
        put(event, "a" + i, words[i]);
      }
    } else {
      put(event, "Channel", "Linux-Sysmon/Operational");
      put(event, "EventID", "1");
      put(event, "Image", program[0]);
      put(event, "CommandLine", program[1]);
      put(event, "ParentImage", pick(LINUX).split("\\|", -1)[0]);
      put(event, "User", "root");
    }
    put(event, "host.name", "app-" + random.nextInt(200));
  }

  private void syslog(Map<String, List<String>> event) {
    put(event, "host.name", "app-" + random.nextInt(200));
    String address = "10.3." + random.nextInt(256) + '.' + random.nextInt(256);
    switch (random.nextInt(3)) {
      case 0 -> {
        put(event, "log.syslog.appname", "sshd");
        put(
            event,
            "message",
            "Accepted publickey for " + user() + " from " + address + " port 50222 ssh2");
      }
      case 1 -> {
        put(event, "log.syslog.appname", "sudo");
        put(
            event,
            "message",
            user()
                + " : TTY=pts/0 ; PWD=/home ; USER=root ; COMMAND=/usr/bin/systemctl restart nginx");
      }
      default -> {
        put(event, "log.syslog.appname", "CRON");
        put(event, "message", "(root) CMD (/usr/lib/sysstat/sa1 1 1)");
      }
    }
  }

  private String image() {
    return pick(PROGRAMS).split("\\|", -1)[0];
  }

  private String user() {
    return "user" + random.nextInt(3000);
  }

  private String pick(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private int pickInt(int... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static void put(Map<String, List<String>> event, String field, String value) {
    event.put(field, List.of(value));
  }
}
