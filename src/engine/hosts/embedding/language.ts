/** What a text says of itself. */

/** A first line that names a shell whose scripts are read, or what runs scripts for one. */
const SHEBANG = String.raw`#!\s*\S*\/(?:(?:env|with-contenv|busybox)\s+(?:-\S+\s+)*)?(?:(?:ba|da|a|k|mk|z)?sh|openrc-run|runscript)\b`;
/** A first line by which cloud-init renders user data before it looks what it is. */
const JINJA = String.raw`##[ \t]*template:[ \t]*jinja[^\n]*\n`;
const SHELL = new RegExp(String.raw`^\uFEFF?\s*(?:${JINJA})?${SHEBANG}`);
const RENDERED = new RegExp(String.raw`^\uFEFF?${JINJA}`, 'i');
const OTHER = /^\uFEFF?\s*#!/;

/** Beginnings of the texts that some host knows by their content. */
const DOCUMENT = new RegExp(
  String.raw`^\uFEFF?\s*(?:${SHEBANG}|#cloud-config\b|#cloud-boothook\b|#upstart-job\b|##\s*template:\s*jinja|MIME-Version:|Content-Type:\s*multipart\/|<powershell>|(?:[#;][^\n]*\n\s*)*\[(?:Unit|Service|Timer|Socket|Install)\])`,
  'i',
);

/** True where a first line says that the text is a program of something that is no shell: Python, Perl. */
export function isOtherProgram(text: string): boolean {
  return OTHER.test(text) && !SHELL.test(text);
}

/** True for user data that cloud-init renders by Jinja. */
export function isJinjaUserData(text: string): boolean {
  return RENDERED.test(text);
}

export function isShellProgram(text: string): boolean {
  return SHELL.test(text);
}

/** True for a text that says what it is, wherever it stands: a script with its interpreter, user data, a unit. */
export function isKnownText(text: string): boolean {
  return DOCUMENT.test(text);
}

/** A command substitution that is assigned, in the way of no other language that templates are written in. */
const ASSIGNED = /^[ \t]*(?:export[ \t]+)?[A-Za-z_]\w*="?(?:\$\(|`)(?:curl|wget)\b/m;
/** First lines of formats that may hold such a line in a text of theirs. */
const OTHER_FORMAT = /^(?:\s*[{[<]|---|[\w.-]+:(?:\s|$)|[\w.-]+\s*=\s|(?:FROM|config|Content-Type|MIME-Version)\b)/i;
/** A line that says nothing of the format: blank, a comment, something that is put in. */
const SILENT = /^[ \t]*(?:#.*|\$\{[^}]*\}[ \t]*|%\{[^}]*\}[ \t]*)?$/;

/** True for a part of a shell script that does not say what it is, as templates that are put together have it. */
export function isPartOfShellProgram(text: string): boolean {
  if (!ASSIGNED.test(text) || isKnownText(text)) return false;
  return !beginsOtherFormat(text);
}

/** True for a shell script that is one whatever its file is called; `#!/bin/sh` is a comment in YAML. */
export function isShellProgramByItself(text: string): boolean {
  return /^\uFEFF?#!/.test(text) && isShellProgram(text) && !beginsOtherFormat(text);
}

function beginsOtherFormat(text: string): boolean {
  const first = text.split('\n').find((line) => !SILENT.test(line.trimEnd()));
  return first === undefined || OTHER_FORMAT.test(first);
}
