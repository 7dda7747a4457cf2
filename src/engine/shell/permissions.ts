import type { PermissionChange } from '../program/program';
import type { ShellAnalysis } from './analyse';

export function permissionChanges(_analysis: ShellAnalysis): readonly PermissionChange[] {
  return [];
}
