import { github } from './github';
import { json } from './json';
import type { Format, Reporter } from './report';
import { sarif } from './sarif';
import { text } from './text';

/** How to report, by the name of the format. */
export const REPORTERS: Readonly<Record<Format, Reporter>> = { text, json, sarif, github };
