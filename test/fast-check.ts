/**
 * fast-check with the same cases in every run, so that a run that fails says something of the change that it runs for.
 * PROPERTY_SEED=N tries others, and `npm run fuzz` many others; a property that fails prints its seed.
 */
import fc from 'fast-check';

export const SEED = Number(process.env['PROPERTY_SEED'] ?? 20251122);

fc.configureGlobal({ seed: SEED });

export { default } from 'fast-check';
