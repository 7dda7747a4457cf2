/** User data that its first line tells: cloud-init's "User data formats". */
import { mentions } from '../embedding/mention';
import type { Host } from '../host';
import { plainScript } from '../shell-script/host';

/** A script that runs early at every boot. */
export const cloudBoothook: Host = {
  label: 'cloud-init boothook',
  recognises: ({ text }) => /^\uFEFF?#cloud-boothook\b/.test(text),
  couldMatter: mentions,
  scripts: ({ text, placeholders }) => [{ ...plainScript(text), ...(placeholders ? { placeholders } : {}) }],
};

/** A list of addresses to read user data from: it holds none itself. */
export const includeFile: Host = {
  label: 'cloud-init include file',
  recognises: ({ text }) => /^\uFEFF?#include(?:-once)?\s/.test(text) && !/^\uFEFF?#include\s*[<"]/.test(text),
  couldMatter: () => false,
};
