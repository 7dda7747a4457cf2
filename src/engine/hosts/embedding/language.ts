/** What a text says of itself. */

const SHELL = /^\uFEFF?\s*#!\s*\S*\/(?:env\s+(?:-\S+\s+)*)?(?:ba|da|a|k|mk|z)?sh\b/;
const OTHER = /^\uFEFF?\s*#!/;

/** Beginnings of the texts that some host knows by their content. */
const DOCUMENT =
  /^\uFEFF?\s*(?:#!\s*\S*\/(?:env\s+(?:-\S+\s+)*)?(?:ba|da|a|k|mk|z)?sh\b|#cloud-config\b|#cloud-boothook\b|#upstart-job\b|##\s*template:\s*jinja|MIME-Version:|Content-Type:\s*multipart\/|<powershell>|(?:[#;][^\n]*\n\s*)*\[(?:Unit|Service|Timer|Socket|Install)\])/i;

/** True where a first line says that the text is a program of something that is no shell: Python, Perl. */
export function isOtherProgram(text: string): boolean {
  return OTHER.test(text) && !SHELL.test(text);
}

export function isShellProgram(text: string): boolean {
  return SHELL.test(text);
}

/** True for a text that says what it is, wherever it stands: a script with its interpreter, user data, a unit. */
export function isKnownText(text: string): boolean {
  return DOCUMENT.test(text);
}
