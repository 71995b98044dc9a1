export { clusterSketches, groupFingerprints, type SketchedText } from './batch.ts';
export {
  type Cluster,
  type Clusterer,
  type Clustering,
  createClusterer,
  type Placement,
} from './cluster.ts';
export { foldRun, isMostlyLatin } from './fold.ts';
export { keptLines } from './lines.ts';
export { type LinkSource, linkFacts } from './link-facts.ts';
export {
  type CampaignLink,
  type JoinedCampaigns,
  type LinkAnswer,
  type LinkFact,
  type LinkKind,
  linkCampaigns,
  messageIdShape,
} from './links.ts';
export { type Sketch, sketchText } from './sketch.ts';
export {
  commonestWording,
  HOUSEHOLD_BELOW,
  type SubjectSkeleton,
  subjectSkeletons,
  type WordingOptions,
  type WordingSpan,
  withoutHousehold,
} from './wording.ts';
export { TEXT_UNITS_MAX } from './words.ts';
