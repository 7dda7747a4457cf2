// The other end of bench/aws.mjs, in a process of its own: an emulated account whose region has as many instances as are wanted.
import { PRODUCTION } from '../samples/account/production.mjs';
import { openAccount } from '../test/account/account.mjs';
import { replayInstances } from '../test/account/proxy/replay.mjs';

const [count = '10000', waitMs = '60'] = process.argv.slice(2);
const account = await openAccount();
await account.fill();
account.proxy.use(
  replayInstances({ count: Number(count), region: 'eu-central-1', account: PRODUCTION.id, waitMs: Number(waitMs) }),
);
process.send?.(account.endpoint);
process.once('disconnect', () => void account.close().finally(() => process.exit(0)));
