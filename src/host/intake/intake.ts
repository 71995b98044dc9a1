import type { ExhibitVault, Intake } from '../../app/ports/index.ts';
import type { Kernels } from '../../core/base/index.ts';
import { vaultSource } from './byte-source.ts';
import { findFiles } from './find.ts';
import { isDnsTranscript } from './looks-like.ts';
import { carriedOpener, readMessages } from './messages.ts';
import { receivedKind } from './received-kind.ts';

interface IntakeParts {
  readonly kernels: Kernels;
  readonly vault: ExhibitVault;
  /** Left out where a walk meets it; need not exist yet when this is called. */
  readonly caseFolder: string;
}

/** `Intake` filled with the file system and the vault. */
export const createIntake = ({ kernels, vault, caseFolder }: IntakeParts): Intake => ({
  find: async function* (paths) {
    yield* findFiles(paths, caseFolder);
  },
  kindOf: (head) => (isDnsTranscript(head) ? 'dns-transcript' : receivedKind(head, kernels)),
  messages: (exhibit) => readMessages(vaultSource(vault, exhibit), exhibit.kind, kernels),
  opener: () => carriedOpener(kernels),
});
