#!/bin/sh
# Runs inside fresh network, mount and process namespaces, as their root: gives the loopback the addresses of the metadata
# service and of the other hosts, hides the folders that scripts write to, makes the rest of the machine read-only, and
# becomes the agent. Nothing that runs from here can reach a network.
#   enter.sh BUNDLE_DIR NODE PATH
set -eu
umask 022
bundle=$1 node=$2 path=$3
PATH=$PATH:/usr/sbin:/sbin

ip link set lo up
for address in 169.254.169.254 169.254.170.2 198.51.100.7; do ip address add "$address/32" dev lo; done
ip -6 address add fd00:ec2::254/128 dev lo nodad 2>/dev/null || true

mount -t tmpfs -o mode=755 tmpfs /mnt
mkdir -p /mnt/host /mnt/sandbox/hidden
mount --rbind / /mnt/host
cp -R "$bundle/agent.mjs" "$bundle/commands" /mnt
cat >/mnt/hosts <<'HOSTS'
127.0.0.1 localhost proxy.example.internal
169.254.169.254 instance-data instance-data.ec2.internal
198.51.100.7 app.example.internal metadata.google.internal
HOSTS
mount --bind /mnt/hosts /etc/hosts
mount -t proc proc /proc 2>/dev/null || true
for folder in /root /home /opt /srv /tmp /var/tmp /var/log /etc/cron.d /etc/profile.d /etc/systemd/system /usr/local/bin; do
  [ -d "$folder" ] || continue
  mkdir -p "/mnt/sandbox/hidden$folder"
  mount --bind "/mnt/sandbox/hidden$folder" "$folder"
done
mount -o remount,bind,ro / || true
cd /mnt/sandbox
exec "/mnt/host$node" /mnt/agent.mjs "{\"root\":\"/mnt/sandbox\",\"host\":\"/mnt/host\",\"commands\":\"/mnt/commands\",\"isolated\":true,\"path\":\"$path\"}"
