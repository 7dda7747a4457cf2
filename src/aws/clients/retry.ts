/** Tells of requests that will be tried again. The SDK does the trying (mode `adaptive`); this only watches. */
import { isThrottlingError, isTransientError } from '@smithy/core/retry';
import type { FinalizeHandler, HandlerExecutionContext, MiddlewareStack } from '@smithy/types';
import type { RetryEvent } from './failure';
import { operationName, type ServiceName } from './operation';

/** What the SDK knows of a failure, as far as it is read here. */
type SdkFailure = Parameters<typeof isThrottlingError>[0];

const REASONS: Readonly<Record<RetryEvent['reason'], string>> = {
  throttled: 'AWS asks to slow down: throttled, trying again',
  service: 'AWS failed to answer, trying again',
  network: 'no connection to AWS, trying again',
  clock: 'the clock of this machine is off, trying again with the time of AWS',
};

function reasonOf(error: SdkFailure): RetryEvent['reason'] | undefined {
  if (isThrottlingError(error)) return 'throttled';
  if (!isTransientError(error)) return undefined;
  if (error.$metadata?.clockSkewCorrected === true) return 'clock';
  return (error.$metadata?.httpStatusCode ?? 0) >= 500 ? 'service' : 'network';
}

export interface RetryOrigin {
  readonly profile: string;
  readonly region: string;
  /** Tries in all. */
  readonly maxAttempts: number;
  readonly tell: (event: RetryEvent) => void;
}

/** Has the client tell each failure that it will try again after. */
export function tellRetries<Input extends object, Output extends object>(
  stack: Pick<MiddlewareStack<Input, Output>, 'addRelativeTo'>,
  service: ServiceName,
  { profile, region, maxAttempts, tell }: RetryOrigin,
): void {
  const attempts = new WeakMap<HandlerExecutionContext, number>();
  const watched =
    (next: FinalizeHandler<Input, Output>, context: HandlerExecutionContext) =>
    async (args: Parameters<typeof next>[0]) => {
      const attempt = (attempts.get(context) ?? 0) + 1;
      attempts.set(context, attempt);
      try {
        return await next(args);
      } catch (error) {
        const reason = error instanceof Error ? reasonOf(error as SdkFailure) : undefined;
        if (reason !== undefined && attempt < maxAttempts) {
          const operation = operationName(service, context.commandName);
          tell({ profile, region, operation, reason, attempt, message: REASONS[reason] });
        }
        throw error;
      }
    };
  // Within the SDK's own retries, so that it sees each try, and around its signing, which finds out about the clock.
  stack.addRelativeTo(watched, {
    relation: 'after',
    toMiddleware: 'retryMiddleware',
    name: 'ec2WardenTellRetries',
    override: true,
  });
}
