import type { ShownDeclarations } from '../../server/protocol';

/** Asks the linter what instances a document declares. The text is wanted for one that is not open. */
export type AskDeclared = (uri: string, text?: string) => Promise<ShownDeclarations>;

/** What no file lacks that declares an instance, or is a script that calls IMDSv1. */
const COULD_DECLARE =
  /aws_(?:instance|launch|spot|autoscaling)|AWS::(?:EC2|AutoScaling|Serverless)::|ec2-instance|autoscaling|169\.254|fd00:|instance-data|2852039166|0xa9|0251\./i;

export function couldDeclare(text: string): boolean {
  return COULD_DECLARE.test(text);
}
