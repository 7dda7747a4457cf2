// What many types of resources point to.
import { join, ref, select, sub } from '../functions.mjs';

export const ACCOUNT_ROLE = sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:role/service');
export const FIRST_SUBNET = select(0, ref('SubnetIds'));
export const BOTH_SUBNETS = [FIRST_SUBNET, select(1, ref('SubnetIds'))];
export const SERVICE_ARN = join(':', ['arn:aws:lambda', ref('AWS::Region'), ref('AWS::AccountId'), 'function:service']);
export const TABLE_NAME = sub('${AWS::StackName}-records');
