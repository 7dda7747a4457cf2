/**
 * A name that says nothing but itself. Whoever may tag an instance writes its name, any characters (EC2 User Guide, "Tag restrictions"), and VS Code's
 * notifications and prompts follow links in what they show, also to commands: `[x](command:y)`. A word joiner, which nobody sees, takes such markup apart.
 */
export function plainName(name: string): string {
  return (
    name
      // Line breaks; then what turns the rest of the line around (Unicode Standard Annex 9, explicit directional formatting).
      .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
      .replace(/[\u202A-\u202E\u2066-\u2069]/g, '')
      .replace(/[\]$](?=\()/g, '$&\u2060')
      .trim()
  );
}
