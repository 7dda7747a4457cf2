/** What went wrong, as the sentence that it was told in. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
