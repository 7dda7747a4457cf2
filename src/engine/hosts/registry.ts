import { crontab } from './cron/host';
import type { Host } from './host';
import { shellScript } from './shell-script/host';
import { systemdUnit } from './systemd/host';

/** Every host, the most particular first. A new host is a folder beside this file and a line in it. */
export const HOSTS: readonly Host[] = [systemdUnit, crontab, shellScript];
