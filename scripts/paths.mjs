import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the checkout, without a slash at its end. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

/** Big parts that are installed once and kept: the editor, a browser. Ignored by git. */
export const TOOLS = join(ROOT, '.tools');

/** Screenshots and results of test runs. Ignored by git. */
export const TEST_OUTPUT = join(ROOT, 'test-output');
