import type { Script } from './hosts/host';
import type { Language } from './program/language';
import { powershell } from './powershell/program';
import { shell } from './shell/program';

/** Every language, by the name that scripts give. */
export const LANGUAGES: Readonly<Partial<Record<Script['language'], Language>>> = { shell, powershell };
