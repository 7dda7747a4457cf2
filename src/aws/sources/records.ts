/** What new instances of a region start from, as it is. */
import type { Part } from '../clients/part';
import type { UserData } from '../inventory/records';
import type { MetadataDefaults } from '../metadata-options/defaults';

/** A version of a launch template, as far as it decides on metadata. Undefined: it says nothing, and the account's default or the image decides. */
export interface TemplateState {
  /** A number. */
  readonly version: string;
  readonly tokens: 'optional' | 'required' | undefined;
  readonly endpoint: 'enabled' | 'disabled' | undefined;
  readonly hopLimit: number | undefined;
  readonly image: string | undefined;
  readonly userData: UserData;
}

export interface LaunchTemplateRecord {
  readonly id: string;
  readonly name: string;
  /** What is taken where nobody names a version. */
  readonly standard: TemplateState;
  /** The same as `standard` where that one is the latest. */
  readonly latest: TemplateState;
  /** The service of AWS's that manages it, as its own templates are not for others to change. */
  readonly operator: string | undefined;
}

export interface GroupRecord {
  readonly name: string;
  /**
   * `launch-template`: it names a template and a version. `mixed`: a policy of mixed instances names them, and may name others for some types. `configuration`: a launch
   * configuration, which can be neither changed nor made any more by new accounts.
   */
  readonly uses: 'launch-template' | 'mixed' | 'configuration' | 'nothing';
  readonly templates: readonly GroupTemplate[];
  readonly configuration: string | undefined;
  /** How many instances it has now. */
  readonly instances: number;
}

export interface GroupTemplate {
  readonly id: string | undefined;
  readonly name: string | undefined;
  /** `$Default`, `$Latest` or a number. */
  readonly version: string;
}

export interface OwnImageRecord {
  readonly id: string;
  readonly name: string | undefined;
  /** True where it says `ImdsSupport` `v2.0`. */
  readonly saysV2: boolean;
  /** True where everybody may start instances from it. */
  readonly isPublic: boolean;
  /** ISO 8601. */
  readonly created: string | undefined;
}

export interface RegionSources {
  readonly defaults: Part<MetadataDefaults>;
  readonly templates: Part<readonly LaunchTemplateRecord[]>;
  readonly groups: Part<readonly GroupRecord[]>;
  readonly images: Part<readonly OwnImageRecord[]>;
}
