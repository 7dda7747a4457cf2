import { notSharedWithAll } from '../shared-with-all';

export const imagePublic = notSharedWithAll('image');
