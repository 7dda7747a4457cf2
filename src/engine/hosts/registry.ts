import { ansible } from './ansible/host';
import { cloudConfig } from './cloud-config/host';
import { cloudFormation } from './cloudformation/host';
import { crontab } from './cron/host';
import { dataFile } from './data-file/host';
import { dockerfile } from './dockerfile/host';
import { elasticBeanstalk } from './elastic-beanstalk/host';
import { githubActions } from './github-actions/host';
import { gitlabCi } from './gitlab-ci/host';
import { goTemplate } from './go-template/host';
import { hclTemplate } from './hcl-template/host';
import type { Host } from './host';
import { imageBuilderComponent } from './image-builder/host';
import { kubernetes } from './kubernetes/host';
import { literals } from './literals/host';
import { makefile } from './makefile/host';
import { mimeMultipart } from './mime/host';
import { cloudBoothook, includeFile } from './mime/user-data-formats';
import { packerHcl } from './packer-hcl/host';
import { powershellScript } from './powershell-script/host';
import { packerJson } from './packer-json/host';
import { shellScript } from './shell-script/host';
import { ssmDocument } from './ssm-document/host';
import { systemdUnit } from './systemd/host';
import { terraform } from './terraform/host';
import { upstartJob } from './upstart/host';
import { windowsBatch } from './windows-batch/host';

/** Every host, the most particular first. A new host is a folder beside this file and a line in it. */
export const HOSTS: readonly Host[] = [
  terraform,
  packerHcl,
  elasticBeanstalk,
  cloudFormation,
  hclTemplate,
  mimeMultipart,
  ssmDocument,
  imageBuilderComponent,
  includeFile,
  cloudBoothook,
  goTemplate,
  cloudConfig,
  systemdUnit,
  upstartJob,
  crontab,
  dockerfile,
  makefile,
  literals,
  packerJson,
  ansible,
  githubActions,
  gitlabCi,
  kubernetes,
  dataFile,
  powershellScript,
  windowsBatch,
  shellScript,
];
