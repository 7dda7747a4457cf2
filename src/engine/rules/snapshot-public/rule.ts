import { notSharedWithAll } from '../shared-with-all';

export const snapshotPublic = notSharedWithAll('snapshot');
