import type { Html } from './html.ts';

/** A section that another room writes for the report, with its place in the menu. */
export interface ReportSection {
  /** Anchor on the page. */
  readonly id: string;
  readonly title: string;
  /** Key of the finding that it shows, for links from the question board; null: none. */
  readonly finding: string | null;
  readonly body: Html;
}
