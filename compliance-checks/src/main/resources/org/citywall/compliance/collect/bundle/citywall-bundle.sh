#!/bin/sh
# SPDX-FileCopyrightText: The Citywall authors
# SPDX-License-Identifier: Apache-2.0
#
# Gathers what Citywall's checks need to know of a Linux host into one tar file, for hosts that nobody reaches from outside. It only
# reads, sends nothing, and writes nothing but that file. Passwords' hashes are left out: of each only its scheme is kept.
# Run it as root, or what it may not read is an error of the checks that need it:
#
#   sh citywall-bundle.sh [-r ROOT] [FILE.tar]
#
# -r ROOT gathers from a file system below a folder, which does not run. Needs sh, awk, cat, stat, sha256sum, mktemp and tar.
set -u
umask 077
LC_ALL=C
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export LC_ALL PATH

root=
live=yes
if [ "${1:-}" = -r ]; then
  root=${2%/}
  live=no
  shift 2
fi
out=${1:-citywall-bundle.tar}
if [ -e "$out" ]; then
  echo "$out is there already" >&2
  exit 1
fi
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
mkdir "$work/data"
number=0

say() { printf '%s\n' "$*" >>"$work/manifest"; }

# what a path is; fails where it is nothing that can be read
look() {
  if [ -e "$root$1" ]; then
    set -- "$1" "$(stat -L -c '%a %u %g %s' "$root$1" 2>/dev/null)"
    if [ -z "$2" ]; then
      say "shut $1"
      return 1
    elif [ -f "$root$1" ]; then
      say "stat f $2 $1"
    elif [ -d "$root$1" ]; then
      say "stat d $2 $1"
    else
      say "stat o $2 $1"
    fi
    return 0
  fi
  parent=$root${1%/*}
  if [ -d "$parent" ] && [ ! -x "$parent" ]; then say "shut $1"; else say "none $1"; fi
  return 1
}

# the text of a file, through a filter
keep() {
  number=$((number + 1))
  if ! "$2" <"$root$1" >"$work/data/$number" 2>/dev/null; then
    rm -f "$work/data/$number"
    number=$((number - 1))
    say "shut $1"
    return
  fi
  sum=$(sha256sum <"$work/data/$number")
  say "file $number ${sum%% *} $1"
}

without_hashes() {
  awk -F: 'BEGIN { OFS = ":" } {
    if ($2 ~ /^\$[^$]*\$/) { split($2, part, "$"); $2 = "$" part[2] "$left-out" }
    else if ($2 ~ /^[!*]/) $2 = "!"
    else if ($2 != "" && $2 != "x") $2 = "left-out"
    print
  }'
}

packages_alone() { awk '/^(Package|Status|Version): / || /^$/'; }

take() { if look "$1" && [ -f "$root$1" ]; then keep "$1" "${2:-cat}"; fi; }

# whether a name fits in a line
plain() {
  case $1 in
    *[!A-Za-z0-9@._+:,=~\ -]*) return 1 ;;
  esac
}

# the names in a folder; of those that fit in no line it is only said that there are some
names() {
  look "$1" || return 1
  if [ ! -d "$root$1" ] || [ ! -r "$root$1" ] || [ ! -x "$root$1" ]; then
    say "shut $1"
    return 1
  fi
  say "folder $1"
  for entry in "$root$1"/* "$root$1"/.[!.]* "$root$1"/..?*; do
    if [ ! -e "$entry" ] && [ ! -L "$entry" ]; then continue; fi
    if plain "${entry##*/}"; then say "name ${entry##*/}"; else say "odd"; fi
  done
}

# an action on each entry of a folder
each() {
  names "$2" || return
  for entry in "$root$2"/* "$root$2"/.[!.]*; do
    if ! plain "${entry##*/}"; then continue; fi
    if [ -e "$entry" ] || [ -L "$entry" ]; then "$1" "${entry#"$root"}"; fi
  done
}

say "citywall-bundle 1"
say "taken $(date -u +%Y-%m-%dT%H:%M:%SZ)"
say "live $live"

for path in /etc/os-release /usr/lib/os-release /etc/group /etc/login.defs /etc/rsyslog.conf /etc/sysctl.conf /etc/selinux/config \
  /etc/systemd/journal-upload.conf /etc/audit/auditd.conf /etc/audit/audit.rules /etc/security/pwquality.conf \
  /etc/security/faillock.conf /etc/security/pwhistory.conf /etc/profile; do
  take "$path"
done
take /etc/passwd without_hashes
take /etc/shadow without_hashes
take /var/lib/dpkg/status packages_alone
for folder in /etc/pam.d /etc/ssh/sshd_config.d /etc/rsyslog.d /etc/sysctl.d /run/sysctl.d /usr/local/lib/sysctl.d /usr/lib/sysctl.d \
  /lib/sysctl.d /etc/audit/rules.d /etc/security/pwquality.conf.d /etc/xinetd.d; do
  each take "$folder"
done
each look /etc/ssh
take /etc/ssh/sshd_config
for folder in /etc/sudoers.d /etc/cron.d /etc/cron.hourly /etc/cron.daily /etc/cron.weekly /etc/cron.monthly /var/log/audit \
  /boot/efi/EFI; do
  each look "$folder"
done
for path in /etc/sudoers /etc/crontab /etc/gshadow /etc/shadow- /etc/gshadow- /var/log/auth.log /var/log/secure /var/log/messages \
  /var/log/syslog /boot/grub/grub.cfg /boot/grub2/grub.cfg /root /root/.rhosts /root/.shosts /etc/hosts.equiv /etc/ssh/shosts.equiv; do
  look "$path"
done
if names /etc/systemd/system; then
  for entry in "$root"/etc/systemd/system/*.wants "$root"/etc/systemd/system/*.requires; do
    if [ -d "$entry" ] && plain "${entry##*/}"; then names "${entry#"$root"}"; fi
  done
fi
if [ "$live" = yes ]; then
  for path in /proc/net/tcp /proc/net/tcp6 /proc/net/udp /proc/net/udp6; do take "$path"; done
  for key in net/ipv4/ip_forward net/ipv4/tcp_syncookies net/ipv4/conf/all/send_redirects net/ipv4/conf/all/accept_redirects \
    net/ipv4/conf/all/accept_source_route net/ipv4/conf/all/rp_filter net/ipv4/conf/all/log_martians fs/protected_hardlinks \
    fs/protected_symlinks fs/suid_dumpable kernel/dmesg_restrict kernel/kptr_restrict kernel/yama/ptrace_scope \
    kernel/randomize_va_space; do
    take "/proc/sys/$key"
  done
fi
list=/var/lib/citywall/rpm-qa.txt
if [ "$live" = yes ] && [ ! -e /var/lib/dpkg/status ] && command -v rpm >/dev/null 2>&1; then
  number=$((number + 1))
  rpm -qa --qf '%{NAME} %{VERSION}-%{RELEASE}\n' >"$work/data/$number"
  sum=$(sha256sum <"$work/data/$number")
  say "stat f 600 0 0 0 $list"
  say "file $number ${sum%% *} $list"
else
  take "$list"
fi
say "end"

case $out in /*) ;; *) out=$PWD/$out ;; esac
cd "$work" || exit 1
tar --format=ustar -cf "$out" manifest data/* 2>/dev/null || tar -cf "$out" manifest data/* || exit 1
sum=$(sha256sum <"$out")
echo "wrote $out"
echo "sha256 ${sum%% *}"
